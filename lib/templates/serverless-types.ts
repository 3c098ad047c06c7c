import { namedIn } from '../support/named-in.ts';

const ofSam = 'AWS::Serverless::';
/** The kind of a type of SAM, such as `Function`; `undefined` of any other type. */
export const serverlessKind = (type: string): string | undefined =>
  type.startsWith(ofSam) ? type.slice(ofSam.length) : undefined;

/** The type of what is written for SAM, beside which others are made. */
const types: Readonly<Record<string, string>> = {
  Function: 'AWS::Lambda::Function',
  LayerVersion: 'AWS::Lambda::LayerVersion',
  StateMachine: 'AWS::StepFunctions::StateMachine',
  SimpleTable: 'AWS::DynamoDB::Table',
  Api: 'AWS::ApiGateway::RestApi',
  HttpApi: 'AWS::ApiGatewayV2::Api',
  WebSocketApi: 'AWS::ApiGatewayV2::Api',
  CapacityProvider: 'AWS::Lambda::CapacityProvider',
  GraphQLApi: 'AWS::AppSync::GraphQLApi',
};
/** What SAM makes of a type; any other type as it is. */
export const cloudFormationTypeOf = (type: string): string =>
  namedIn(types, serverlessKind(type) ?? '') ?? type;
