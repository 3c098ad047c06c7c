import { namedIn } from '../support/named-in.ts';
import { asRecord, list, said, text } from '../support/untyped.ts';
import { UserError } from '../support/user-error.ts';
import { type Allowed, type Grant, grants } from './serverless-connector-grants.ts';
import { arnOf } from './serverless-permissions.ts';
import { cloudFormationTypeOf } from './serverless-types.ts';
import type { Declaration, RefusedPart } from './template.ts';

/**
 * What the transform of SAM makes of connectors.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-connector.html
 */
type Fields = Readonly<Record<string, unknown>>;
type Declarations = ReadonlyMap<string, Declaration>;

export const connector = 'AWS::Serverless::Connector';

/** Connectors that a resource has beside its type: it is their source. */
export const connectorsOf = (declared: Declaration): readonly Declaration[] =>
  Object.entries(asRecord(declared.connectors)).map(([name, one]) => {
    const { Properties, Condition, Metadata } = asRecord(one);
    const { SourceReference, ...settings } = asRecord(Properties);
    const Source = { ...asRecord(SourceReference), Id: declared.logicalId };
    return {
      logicalId: `${declared.logicalId}${name}`,
      type: connector,
      properties: { ...settings, Source },
      condition: text(Condition),
      path: [...declared.path, 'Connectors', name],
      metadata: asRecord(Metadata),
    };
  });

/** A source or a destination: a resource of the template, or what is said of another one. */
interface End {
  readonly called: 'Source' | 'Destination';
  readonly type: string;
  /** By the names that somebody can say: Arn, Name, QueueUrl, ResourceId, Qualifier, RoleName. */
  readonly values: Fields;
}
const valueIn = ({ called, values }: End, name: string): unknown => {
  if (values[name] === undefined) throw new UserError(`its ${called} says no ${name}`);
  return values[name];
};

/** The types whose `Ref` is their ARN. */
const referredByArn: ReadonlySet<string> = new Set([
  ...['AWS::AppSync::DataSource', 'AWS::AppSync::GraphQLApi'],
  ...['AWS::SNS::Topic', 'AWS::StepFunctions::StateMachine'],
]);
/** The types of SAM which have a role of their own where nobody names one. */
const withOwnRole: ReadonlySet<string> = new Set([
  'AWS::Lambda::Function',
  'AWS::StepFunctions::StateMachine',
]);
const referredIn = (one: unknown): string | undefined => {
  const { Ref, 'Fn::GetAtt': attribute } = asRecord(one);
  return (
    text(Ref) ?? text(typeof attribute === 'string' ? attribute.split('.')[0] : list(attribute)[0])
  );
};

/** SAM finds it by a reference alone. A rule has one for each of its targets. */
const roleOf = ({ type, logicalId, properties }: Declaration, other: Fields): unknown => {
  const { Role, RoleArn = Role, ServiceRoleArn = RoleArn, Targets } = asRecord(properties);
  const isOther = ({ Arn }: Fields): boolean =>
    other['Id'] === undefined
      ? JSON.stringify(Arn) === JSON.stringify(other['Arn'])
      : referredIn(Arn) === other['Id'];
  const role =
    type === 'AWS::Events::Rule'
      ? list(Targets).map(asRecord).find(isOther)?.['RoleArn']
      : ServiceRoleArn;
  if (role === undefined && withOwnRole.has(type)) return { Ref: `${logicalId}Role` };
  const named = referredIn(role);
  return named === undefined ? undefined : { Ref: named };
};

const endOf = (
  called: End['called'],
  asked: Fields,
  other: Fields,
  declarations: Declarations,
): End => {
  const { Id, Type, Qualifier = '*' } = asked;
  if (Id === undefined) {
    if (typeof Type !== 'string') throw new UserError(`its ${called} has neither Id nor Type`);
    return { called, type: cloudFormationTypeOf(Type), values: asked };
  }
  const declared = declarations.get(said(Id));
  if (!declared) throw new UserError(`its ${called} ${said(Id)} is no resource of the template`);
  const { logicalId, type } = declared;
  const [ref, attribute] = [
    { Ref: logicalId },
    (name: string) => ({ 'Fn::GetAtt': [logicalId, name] }),
  ];
  return {
    called,
    type,
    values: {
      Arn: referredByArn.has(type) ? ref : attribute('Arn'),
      Name: attribute('Name'),
      QueueUrl: ref,
      ResourceId: type === 'AWS::AppSync::GraphQLApi' ? attribute('ApiId') : ref,
      Qualifier,
      RoleName: roleOf(declared, other),
    },
  };
};

/** A rule of Step Functions, by which one execution waits for another. */
const ofExecutions = 'StepFunctionsGetEventsForStepFunctionsExecutionRule';
const resourcesOf = ({ on }: Allowed, end: End): readonly unknown[] => {
  if (on === 'rule of executions') return [arnOf('events', `rule/${ofExecutions}`)];
  if (on === 'executions')
    return [arnOf('states', `execution:\${Name}:*`, { Name: valueIn(end, 'Name') })];
  const arn = valueIn(end, 'Arn');
  return on.map((more) => (more === '' ? arn : { 'Fn::Sub': [`\${Arn}${more}`, { Arn: arn }] }));
};
const policy = (statements: readonly Fields[]): Fields => ({
  Version: '2012-10-17',
  Statement: statements.map((one) => ({ Effect: 'Allow', ...one })),
});

type Made = Pick<Declaration, 'type' | 'properties'> & { readonly called: string };

/** What an API asks a function from is its address, and not its ARN. */
const invokedFrom = (source: End): unknown => {
  const Id = () => valueIn(source, 'ResourceId');
  if (source.type === 'AWS::AppSync::GraphQLApi')
    return arnOf('appsync', `apis/\${Id}`, { Id: Id() });
  return source.type.startsWith('AWS::ApiGateway')
    ? arnOf('execute-api', `\${Id}/\${On}`, { Id: Id(), On: valueIn(source, 'Qualifier') })
    : valueIn(source, 'Arn');
};

const madeBetween = (
  grant: Grant,
  source: End,
  destination: End,
  permissions: readonly string[],
): Made => {
  if ('invoker' in grant)
    return {
      called: 'WriteLambdaPermission',
      type: 'AWS::Lambda::Permission',
      properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: valueIn(destination, 'Arn'),
        Principal: grant.invoker,
        SourceArn: invokedFrom(source),
        ...(source.type === 'AWS::S3::Bucket' ? { SourceAccount: { Ref: 'AWS::AccountId' } } : {}),
      },
    };
  if ('sender' in grant) {
    const PolicyDocument = policy([
      {
        Principal: { Service: grant.sender },
        Action: grant.action,
        Resource: valueIn(destination, 'Arn'),
        Condition: { ArnEquals: { 'aws:SourceArn': valueIn(source, 'Arn') } },
      },
    ]);
    return destination.type === 'AWS::SQS::Queue'
      ? {
          called: 'QueuePolicy',
          type: 'AWS::SQS::QueuePolicy',
          properties: { Queues: [valueIn(destination, 'QueueUrl')], PolicyDocument },
        }
      : {
          called: 'TopicPolicy',
          type: 'AWS::SNS::TopicPolicy',
          properties: { Topics: [valueIn(destination, 'Arn')], PolicyDocument },
        };
  }
  const [who, whom] = grant.of === 'source' ? [source, destination] : [destination, source];
  const all = permissions.flatMap((one) => namedIn(grant.access, one) ?? []);
  return {
    called: 'Policy',
    type: 'AWS::IAM::ManagedPolicy',
    properties: {
      Roles: [valueIn(who, 'RoleName')],
      PolicyDocument: policy(
        all.map((one) => ({ Action: one.actions, Resource: resourcesOf(one, whom) })),
      ),
    },
  };
};

/** What is made of a connector, and what of it is not known here. */
export const madeByConnector = (
  declared: Declaration,
  declarations: Declarations,
): { readonly made: readonly Declaration[]; readonly refused: readonly RefusedPart[] } => {
  const { Source, Destination, Permissions } = asRecord(declared.properties);
  const permissions = [...new Set(list(Permissions).map(said))];
  const made: Declaration[] = [];
  const refused: RefusedPart[] = [];
  const { logicalId, path } = declared;
  for (const [index, to] of [Destination].flat().entries())
    try {
      const [from, onto] = [asRecord(Source), asRecord(to)];
      const source = endOf('Source', from, onto, declarations);
      const destination = endOf('Destination', onto, from, declarations);
      const grant = namedIn(namedIn(grants, source.type) ?? {}, destination.type);
      const known = grant && ('access' in grant ? Object.keys(grant.access) : ['Write']);
      if (!grant || !permissions.every((one) => known?.includes(one))) {
        const why = `what SAM makes of the connector ${logicalId}, which asks for ${permissions.join(' and ') || 'nothing'} from ${source.type} to ${destination.type}, is not known here, and is not evaluated`;
        refused.push({ path, why, mayBeNew: true });
        continue;
      }
      const { called, ...one } = madeBetween(grant, source, destination, permissions);
      const which = Array.isArray(Destination) ? `Destination${index}` : '';
      made.push({ ...declared, ...one, logicalId: `${logicalId}${called}${which}` });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      refused.push({ path, why: `the connector ${logicalId} is not evaluated: ${error.message}` });
    }
  return { made, refused };
};
