import { list, record, text } from '../support/untyped.ts';
import { byTypeOf } from './by-type.ts';
import type { Declaration, Template } from './template.ts';

/**
 * What the transform of SAM makes of its types, as far as a control looks at it.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
 */
type Fields = Readonly<Record<string, unknown>>;

/** A resource's own settings count before those of Globals; maps and lists of both are put together. */
const merged = (globals: Fields, own: Fields): Fields => {
  const names = new Set([...Object.keys(globals), ...Object.keys(own)]);
  return Object.fromEntries(
    [...names].map((name) => {
      const [shared, mine] = [globals[name], own[name]];
      if (mine === undefined) return [name, shared];
      if (shared === undefined) return [name, mine];
      if (Array.isArray(shared) && Array.isArray(mine)) return [name, [...shared, ...mine]];
      const areMaps = [shared, mine].every(
        (one) => typeof one === 'object' && one !== null && !Array.isArray(one),
      );
      return [name, areMaps ? merged(record(shared), record(mine)) : mine];
    }),
  );
};

const trust = (Service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: [Service] }, Action: ['sts:AssumeRole'] }],
});
const managed = (name: string) =>
  name.startsWith('arn:') ? name : { 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${name}` };

const none = { Ref: 'AWS::NoValue' };
/** A condition over lists as conditions over their items. */
const itemsOf = (one: unknown): readonly unknown[] => {
  const [condition, ...ways] = list(record(one)['Fn::If']);
  const longest = Math.max(...ways.map((way) => (Array.isArray(way) ? way.length : 0)), 0);
  if (longest === 0) return [one];
  return Array.from({ length: longest }, (_, at) => ({
    'Fn::If': [condition, ...ways.map((way) => [way].flat()[at] ?? none)],
  }));
};
/** What is made of a policy; of one that a condition chooses what is made of either. */
const chosen = (one: unknown, made: (one: unknown) => unknown): readonly unknown[] => {
  const [condition, ...ways] = list(record(one)['Fn::If']);
  if (condition === undefined) return [made(one) ?? []].flat();
  const each = ways.map((way) => chosen(way, made)[0]);
  return each.every((way) => way === undefined)
    ? []
    : [{ 'Fn::If': [condition, ...each.map((way) => way ?? none)] }];
};

/** IAM reads the names of elements in any case. */
const isDocument = (one: unknown): boolean =>
  Object.keys(Object(one)).some((name) => name.toLowerCase() === 'statement');

/** Statements become inline policies, names and references managed ones; SAM's own policy templates name what they are for. */
const policiesOf = (written: unknown, inline: (document: unknown, index: number) => unknown) => {
  const all = written === undefined ? [] : [written].flat().flatMap(itemsOf);
  const isReference = (one: unknown) =>
    ['Ref', 'Fn::Sub', 'Fn::GetAtt', 'Fn::Join', 'Fn::ImportValue'].some((name) =>
      Object.hasOwn(Object(one), name),
    );
  const arnOf = (one: unknown) =>
    typeof one === 'string' ? managed(one) : isReference(one) ? one : undefined;
  return {
    arns: all.flatMap((one) => chosen(one, arnOf)),
    inline: all.flatMap((one, index) =>
      chosen(one, (way) => (isDocument(way) ? inline(way, index) : undefined)),
    ),
  };
};

const roleOf = (made: Declaration, settings: Fields, service: string): readonly Declaration[] => {
  if (settings['Role'] !== undefined) return [];
  const { arns, inline } = policiesOf(settings['Policies'], (PolicyDocument, index) => ({
    PolicyName: `${made.logicalId}RolePolicy${index}`,
    PolicyDocument,
  }));
  const basic = managed('service-role/AWSLambdaBasicExecutionRole');
  return [
    {
      ...made,
      logicalId: `${made.logicalId}Role`,
      type: 'AWS::IAM::Role',
      properties: {
        AssumeRolePolicyDocument: settings['AssumeRolePolicyDocument'] ?? trust(service),
        ManagedPolicyArns: service.startsWith('lambda') ? [basic, ...arns] : arns,
        Policies: inline,
        ...(settings['RolePath'] === undefined ? {} : { Path: settings['RolePath'] }),
      },
    },
  ];
};

const urlOf = (made: Declaration, settings: Fields): readonly Declaration[] => {
  const asked = settings['FunctionUrlConfig'];
  if (asked === undefined) return [];
  const { AuthType } = record(asked);
  const target = { Ref: made.logicalId };
  const url: Declaration = {
    ...made,
    logicalId: `${made.logicalId}Url`,
    type: 'AWS::Lambda::Url',
    properties: { TargetFunctionArn: target, AuthType },
  };
  const everybody: Declaration = {
    ...made,
    logicalId: `${made.logicalId}UrlPublicPermissions`,
    type: 'AWS::Lambda::Permission',
    properties: {
      Action: 'lambda:InvokeFunctionUrl',
      FunctionName: target,
      Principal: '*',
      FunctionUrlAuthType: 'NONE',
    },
  };
  return AuthType === 'NONE' ? [url, everybody] : [url];
};

const plainly: Readonly<Record<string, string>> = {
  SimpleTable: 'AWS::DynamoDB::Table',
  Api: 'AWS::ApiGateway::RestApi',
  HttpApi: 'AWS::ApiGatewayV2::Api',
};

const madeOf = (declared: Declaration, globals: Fields): readonly Declaration[] => {
  const kind = declared.type.slice('AWS::Serverless::'.length);
  const settings = merged(record(globals[kind]), record(declared.properties));
  const made = { ...declared, properties: settings };
  if (kind === 'Function')
    return [
      { ...made, type: 'AWS::Lambda::Function' },
      ...roleOf(made, settings, 'lambda.amazonaws.com'),
      ...urlOf(made, settings),
    ];
  if (kind === 'StateMachine')
    return [
      { ...made, type: 'AWS::StepFunctions::StateMachine' },
      ...roleOf(made, settings, 'states.amazonaws.com'),
    ];
  const type = plainly[kind];
  return [type === undefined ? declared : { ...made, type }];
};

export const isServerless = (transform: unknown): boolean =>
  [transform].flat().some((one) => text(one)?.startsWith('AWS::Serverless-') ?? false);

/** The template with what SAM makes in place of what is written for SAM. */
export const withoutServerless = (template: Template, globals: Fields): Template => {
  const declarations = new Map<string, Declaration>();
  for (const declared of template.declarations.values()) {
    const made = declared.type.startsWith('AWS::Serverless::')
      ? madeOf(declared, globals)
      : [declared];
    for (const one of made)
      if (!declarations.has(one.logicalId) || one.logicalId === declared.logicalId)
        declarations.set(one.logicalId, one);
  }
  return { ...template, declarations, byType: byTypeOf(declarations.values()) };
};
