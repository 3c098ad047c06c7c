import { actionKinds } from '../../services/actions.generated.ts';
import { dynamodb as dynamo } from '../../services/dynamodb.ts';
import { ec2 } from '../../services/ec2.ts';
import { eks } from '../../services/eks.ts';
import { eventbridge } from '../../services/eventbridge.ts';
import { iam } from '../../services/iam.ts';
import { s3 } from '../../services/s3.ts';
import { s3control } from '../../services/s3control.ts';
import { securityhub } from '../../services/securityhub.ts';
import { type AnyService, arnOf } from '../../services/service.ts';
import { ssm } from '../../services/ssm.ts';
import type { DecodedCall } from '../endpoint/call.ts';
import { serviceOf } from '../endpoint/services.ts';
import { actionOf } from './iam-actions.ts';
import { extraNeeds, isAllExtra } from './iam-extra-needs.ts';
import type { CallPlace, Need } from './iam-need.ts';

type Input = Readonly<Record<string, unknown>>;
type ResourcesOf = (input: Input, place: CallPlace, operation: string) => readonly string[];

const texts = (value: unknown): readonly string[] =>
  [value].flat().filter((entry): entry is string => typeof entry === 'string' && entry !== '');
const isArn = (text: string) => text.startsWith('arn:');
/** The id in a name: of a queue the last part of its URL, of a parameter the name without the slash before it. */
const idOf = (name: string) => name.replace(/^https?:\/\/.*\//, '').replace(/^\/(\d{12}\/)?/, '');

/** The resources that the members of a request name; the first one that is given counts. */
const named =
  (service: AnyService): ResourcesOf =>
  (input, place) => {
    for (const [kind, { named: members = [] }] of Object.entries(service.kinds))
      for (const name of members.map((member) => texts(input[member])))
        if (name.length > 0)
          return name.map((each) => (isArn(each) ? each : arnOf(service, kind, place, idOf(each))));
    return [];
  };

const tableOrIndex = (name: string, place: CallPlace, { IndexName }: Input) => {
  const arn = isArn(name) ? name : dynamo.arn('table', place, name);
  return typeof IndexName === 'string' ? `${arn}/index/${IndexName}` : arn;
};
// BatchGetItem and BatchWriteItem name their tables as the keys of a map.
const dynamodb: ResourcesOf = (input, place, operation) => {
  const tables = operation.startsWith('Batch')
    ? Object.keys((input['RequestItems'] as object | undefined) ?? {})
    : texts(input['TableName'] ?? input['ResourceArn']);
  return tables.map((name) => tableOrIndex(name, place, input));
};

const securityHub: ResourcesOf = (input, place, operation) => {
  if (operation !== 'BatchImportFindings') return [securityhub.arn('hub', place)];
  const findings = (input['Findings'] ?? []) as readonly { ProductArn?: string }[];
  return [...new Set(findings.map(({ ProductArn = '*' }) => ProductArn))];
};

// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
const systemsManager: ResourcesOf = (input, place, operation) => {
  const documents = (names: unknown) =>
    texts(names).map((name) => ssm.arn('document', place, name));
  const instances = (ids: unknown) => texts(ids).map((id) => ec2.arn('instance', place, id));
  // A command is checked on its document and on each of the instances that it is sent to.
  if (operation === 'SendCommand')
    return [...documents(input['DocumentName']), ...instances(input['InstanceIds'])];
  if (operation === 'PutComplianceItems') return instances(input['ResourceId']);
  if (/Document/.test(operation)) return documents(input['Name']);
  if (input['ResourceType'] === 'Document') return documents(input['ResourceId']);
  return named(ssm)(input, place, operation);
};

const busArn = (name: string, place: CallPlace) =>
  isArn(name) ? name : eventbridge.arn('event-bus', place, name);
// Events without a bus go to the default one; the calls on a bus itself call it Name, as those on a rule do.
const buses: ResourcesOf = (input, place, operation) => {
  const { Entries, Name } = input;
  if (operation === 'PutEvents' && Array.isArray(Entries)) {
    const named = Entries.map(({ EventBusName }: Input) => String(EventBusName ?? 'default'));
    return [...new Set(named)].map((name) => busArn(name, place));
  }
  if (operation.endsWith('EventBus')) return texts(Name).map((name) => busArn(name, place));
  return named(eventbridge)(input, place, operation);
};

/** Services that name their resources in no member of their own, or not always. */
const others: Partial<Record<DecodedCall['service'], ResourcesOf>> = {
  dynamodb,
  // What is asked of an entry is checked on it, and making one on its cluster.
  eks: (input, place, operation) =>
    texts(input['principalArn']).length > 0 && operation !== 'CreateAccessEntry'
      ? texts(input['clusterName']).map((name) => eks.arn('access-entry', place, name))
      : named(eks)(input, place, operation),
  eventbridge: buses,
  iam: (input, place, operation) => {
    const roles = texts(input['AWSServiceName']).map((service) =>
      iam.arn('role', place, `aws-service-role/${service}/*`),
    );
    return roles.length > 0 ? roles : named(iam)(input, place, operation);
  },
  s3: (input, place, operation) => {
    const { Bucket, Key } = input;
    return typeof Bucket === 'string' && typeof Key === 'string'
      ? [`${s3.arn('bucket', place, Bucket)}/${Key}`]
      : named(s3)(input, place, operation);
  },
  // A call names a Multi-Region Access Point by its name, which its ARN does not have.
  s3control: (input, place, operation) =>
    operation.includes('MultiRegionAccessPoint') ? [] : named(s3control)(input, place, operation),
  securityhub: securityHub,
  ssm: systemsManager,
};

// Actions that take no resource although their operation's input names one:
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
const withoutResource = /^ec2:(Describe(?!(Image|Snapshot)Attribute)|Get(?!ManagedPrefixList))/;

/** All resources of the kinds that an action is checked on: what a call is about that names none. */
const everyOne = (service: AnyService, action: string, place: CallPlace): readonly string[] =>
  (actionKinds[action] ?? []).map((kind) => arnOf(service, kind, place, '*'));

const resourcesOf = (call: DecodedCall, action: string, place: CallPlace): readonly string[] => {
  if (withoutResource.test(action) || actionKinds[action]?.length === 0) return [];
  const service = serviceOf(call.service);
  const own = (others[call.service] ?? named(service))(call.input, place, call.operation);
  return own.length > 0 ? own : everyOne(service, action, place);
};

/** Every permission that a call needs. */
export const needsOf = (call: DecodedCall, account: string): readonly Need[] => {
  const place = { region: call.region, account };
  if (call.service === 'dynamodb' && call.operation.startsWith('Transact'))
    return transactionNeeds(call.input, place);
  const extra = extraNeeds(call, place);
  if (isAllExtra(call)) return extra;
  const action = actionOf(call);
  const resources = resourcesOf(call, action, place);
  const own = (resources.length > 0 ? resources : ['*']).map((resource) => ({ action, resource }));
  return [...own, ...extra];
};

// A transaction has no action of its own: each of its items needs the one of its kind.
const transactionActions = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
} as const;
const transactionNeeds = (input: Input, place: CallPlace): readonly Need[] => {
  const items = (input['TransactItems'] ?? []) as readonly Readonly<Record<string, Input>>[];
  return items.flatMap((item) =>
    Object.entries(transactionActions).flatMap(([kind, action]) =>
      texts(item[kind]?.['TableName']).map((name) => ({
        action: `dynamodb:${action}`,
        resource: tableOrIndex(name, place, {}),
      })),
    ),
  );
};
