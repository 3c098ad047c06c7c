import { isIntrinsic } from '../../support/intrinsics.ts';
import { asRecord, list, text } from '../../support/untyped.ts';

/** In the metadata of a function of our template: what Lambda calls CodeSha256. */
export const codeSha256Key = 'plumbline:codeSha256';

/** A resource of our stack as its template wants it, with references resolved. */
export interface OwnResource {
  readonly id: string;
  readonly type: string;
  readonly physicalId: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Of a function: the hash of its code, where the template says it. */
  readonly codeSha256?: string;
}

/** What references in a template are resolved by. */
export interface Resolving {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly stackName: string;
  readonly stackId: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Type and physical id, by logical id. */
  readonly resources: ReadonlyMap<string, { readonly type: string; readonly physicalId: string }>;
  /** Unique ids of roles, by name. */
  readonly roleIds: ReadonlyMap<string, string>;
}

export const lastPart = (text: string): string => text.split(/[:/]/).at(-1) ?? text;

/** By type: the ARN after `arn:<partition>:`, of a name in `<region>:<account>`. */
const arnForms: Readonly<Record<string, (name: string, place: string, account: string) => string>> =
  {
    'AWS::DynamoDB::Table': (name, place) => `dynamodb:${place}:table/${name}`,
    'AWS::Events::EventBus': (name, place) => `events:${place}:event-bus/${name}`,
    // Of a rule on a bus of its own CloudFormation says `<bus>|<rule>`.
    'AWS::Events::Rule': (name, place) => `events:${place}:rule/${name.replace('|', '/')}`,
    'AWS::IAM::Role': (name, _, account) => `iam::${account}:role/${name}`,
    'AWS::KMS::Key': (name, place) => `kms:${place}:key/${name}`,
    // As CloudFormation answers: with what stands in it.
    'AWS::Logs::LogGroup': (name, place) => `logs:${place}:log-group:${name}:*`,
    'AWS::Lambda::Function': (name, place) => `lambda:${place}:function:${name}`,
    'AWS::S3::Bucket': (name) => `s3:::${name}`,
    'AWS::SNS::Topic': (name, place) => `sns:${place}:${name}`,
    'AWS::SQS::Queue': (name, place) => `sqs:${place}:${name}`,
  };

const reference = (id: string, by: Resolving): string | undefined => {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': by.account,
    'AWS::Partition': by.partition,
    'AWS::Region': by.region,
    'AWS::StackId': by.stackId,
    'AWS::StackName': by.stackName,
    'AWS::URLSuffix': by.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
  };
  return pseudo[id] ?? by.parameters[id] ?? by.resources.get(id)?.physicalId;
};

const attribute = (id: string, name: string, by: Resolving): string | undefined => {
  const { type = '', physicalId = '' } = by.resources.get(id) ?? {};
  if (name === 'RoleId') return by.roleIds.get(physicalId);
  if (name === 'QueueName') return lastPart(physicalId);
  if (name === 'Name' && type === 'AWS::Events::EventBus') return physicalId;
  if (name !== 'Arn' && name !== 'TopicArn') return undefined;
  if (physicalId.startsWith('arn:')) return physicalId;
  const form = arnForms[type];
  const rest = form?.(lastPart(physicalId), `${by.region}:${by.account}`, by.account);
  return rest === undefined ? undefined : `arn:${by.partition}:${rest}`;
};

/** What an intrinsic function gives; `undefined` for one that is not known, or of something that is not there. */
const intrinsic = (name: string, argument: unknown, by: Resolving): string | undefined => {
  const parts = list(argument);
  switch (name) {
    case 'Ref':
      return reference(String(argument), by);
    case 'Fn::GetAtt':
      return attribute(String(parts[0]), String(parts[1]), by);
    case 'Fn::Join':
      return list(resolved(parts[1], by)).join(String(parts[0]));
    case 'Fn::Sub':
      return text(argument)?.replace(
        /\$\{([\w:]+)\}/g,
        (whole, id: string) => reference(id, by) ?? whole,
      );
    default:
      return undefined;
  }
};

/** A property with its references resolved as CloudFormation resolves them; what cannot be is left as it stands. */
export const resolved = (value: unknown, by: Resolving): unknown => {
  if (Array.isArray(value)) return value.map((one) => resolved(one, by));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[name, argument] = ['', undefined]] = entries;
  if (entries.length === 1 && isIntrinsic(name)) return intrinsic(name, argument, by) ?? value;
  return Object.fromEntries(entries.map(([key, one]) => [key, resolved(one, by)]));
};

/** The resources of these types in a template, resolved. */
export const resourcesIn = (
  template: unknown,
  types: readonly string[],
  by: Resolving,
): readonly OwnResource[] =>
  Object.entries(asRecord(asRecord(template)['Resources'])).flatMap(([id, one]) => {
    const { Type, Properties, Metadata } = asRecord(one);
    if (typeof Type !== 'string' || !types.includes(Type)) return [];
    const codeSha256 = text(asRecord(Metadata)[codeSha256Key]);
    return [
      {
        id,
        type: Type,
        physicalId: by.resources.get(id)?.physicalId ?? '',
        properties: asRecord(resolved(asRecord(Properties), by)),
        ...(codeSha256 === undefined ? {} : { codeSha256 }),
      },
    ];
  });
