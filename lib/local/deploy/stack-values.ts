import { isRecord } from '../../support/untyped.ts';
import { holds, type Template } from './stack-template.ts';

/** What moto made of a stack. */
export interface Deployed {
  readonly template: Template;
  /** Logical id → physical id. */
  readonly physicalIds: ReadonlyMap<string, string>;
  /** Name of a role → its unique id. @default - ids of the same length, where nothing is deployed */
  readonly roleIds?: ReadonlyMap<string, string>;
  /** @default - an id of the same length, where nothing is deployed */
  readonly stackId?: string;
  /** The values of its parameters. @default - it has none */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
}

const queueName = (url: string) => url.slice(url.lastIndexOf('/') + 1);
// CloudFormation says `<bus>|<rule>` of a rule on a bus of its own.
const arns: Readonly<Record<string, (id: string, place: string) => string>> = {
  'AWS::DynamoDB::Table': (id, place) => `arn:aws:dynamodb:${place}:table/${id}`,
  'AWS::Events::Rule': (id, place) =>
    id.startsWith('arn:') ? id : `arn:aws:events:${place}:rule/${id.replace('|', '/')}`,
  'AWS::IAM::Role': (id, place) => `arn:aws:iam::${place.split(':')[1]}:role/${id}`,
  'AWS::KMS::Key': (id, place) => `arn:aws:kms:${place}:key/${id}`,
  'AWS::Lambda::Function': (id, place) => `arn:aws:lambda:${place}:function:${id}`,
  'AWS::Logs::LogGroup': (id, place) => `arn:aws:logs:${place}:log-group:${id}:*`,
  'AWS::S3::Bucket': (id) => `arn:aws:s3:::${id}`,
  'AWS::SNS::Topic': (id) => id,
  'AWS::SQS::Queue': (id, place) => `arn:aws:sqs:${place}:${queueName(id)}`,
};

/** A property with its references resolved, as CloudFormation resolves them. */
export const resolved = (value: unknown, stack: Deployed): unknown => {
  if (Array.isArray(value))
    return value.map((each) => resolved(each, stack)).filter((each) => each !== undefined);
  if (!isRecord(value)) return value;
  const [[name, argument] = []] = Object.entries(value);
  if (name === 'Fn::If') return chosen(argument, stack);
  // CloudFormation leaves out what has it for its value.
  if (name === 'Ref' && argument === 'AWS::NoValue') return undefined;
  if (name === 'Ref') return reference(String(argument), stack);
  if (name === 'Fn::GetAtt') return attribute(argument, stack);
  if (name === 'Fn::Join') return joined(argument, stack);
  if (name === 'Fn::FindInMap') return mapped(argument, stack);
  if (name === 'Fn::Sub') return substituted(String(argument), stack);
  if (name?.startsWith('Fn::')) throw new Error(`the local AWS does not resolve ${name}`);
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, resolved(each, stack)]),
  );
};

const chosen = (argument: unknown, stack: Deployed): unknown => {
  const [condition, then, otherwise] = argument as readonly [string, unknown, unknown];
  return resolved(holds(condition, stack, stack.template) ? then : otherwise, stack);
};

const arnOfStack = (name: string, place: string) =>
  `arn:aws:cloudformation:${place}:stack/${name}/00000000-0000-4000-8000-000000000000`;

const reference = (id: string, { physicalIds, account, region, ...stack }: Deployed) => {
  const {
    stackName,
    parameters = {},
    stackId = arnOfStack(stackName, `${region}:${account}`),
  } = stack;
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': 'aws',
    'AWS::StackId': stackId,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const found = pseudo[id] ?? parameters[id] ?? physicalIds.get(id);
  if (found === undefined) throw new Error(`the stack has no ${id}`);
  return found;
};

const attribute = (argument: unknown, stack: Deployed) => {
  const [id = '', name = ''] = Array.isArray(argument) ? argument.map(String) : [];
  const type = stack.template.Resources[id]?.Type ?? '';
  const arn = arns[type];
  const physicalId = reference(id, stack);
  if (name === 'QueueName') return queueName(physicalId);
  if (type === 'AWS::IAM::Role' && name === 'RoleId')
    return stack.roleIds?.get(physicalId) ?? `AROA${'X'.repeat(17)}`;
  if (name !== 'Arn' && name !== 'TopicArn')
    throw new Error(`the local AWS does not resolve ${name} of ${type}`);
  if (!arn) throw new Error(`the local AWS does not know the ARN of ${type}`);
  return arn(physicalId, `${stack.region}:${stack.account}`);
};

const substituted = (text: string, stack: Deployed) =>
  text.replace(/\$\{([\w:]+)\}/g, (_, id: string) => reference(id, stack));

const joined = (argument: unknown, stack: Deployed) => {
  const [separator, parts] = argument as [string, unknown[]];
  return parts.map((part) => String(resolved(part, stack))).join(separator);
};

const mapped = (argument: unknown, { template }: Deployed): unknown => {
  const keys = argument as readonly string[];
  const found = keys.reduce((map, key) => Object(map)[key], template.Mappings as unknown);
  if (found === undefined) throw new Error(`the stack has no ${keys.join(' ')}`);
  return found;
};

/** The resources of a type: logical id, physical id and resolved properties. */
export const resourcesOf = (type: string, stack: Deployed) =>
  Object.entries(stack.template.Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, { Properties = {} }]) => ({
      id,
      physicalId: stack.physicalIds.get(id) ?? '',
      properties: resolved(Properties, stack) as Readonly<Record<string, unknown>>,
    }));
