import type { DecodedCall } from '../endpoint/call.ts';
import { actionOf } from './iam-actions.ts';
import { extraNeeds, isAllExtra } from './iam-extra-needs.ts';
import type { Need } from './iam-need.ts';

type Input = Readonly<Record<string, unknown>>;
interface Place {
  readonly region: string;
  readonly account: string;
}
type ResourcesOf = (input: Input, place: Place, operation: string) => readonly string[];

const texts = (value: unknown): readonly string[] =>
  [value].flat().filter((entry): entry is string => typeof entry === 'string' && entry !== '');
const isArn = (text: string) => text.startsWith('arn:');

// The input members that name a resource, by service, and the ARN that each stands for. The first one present counts.
const arns =
  (
    members: Readonly<Record<string, (name: string, place: Place, input: Input) => string>>,
  ): ResourcesOf =>
  (input, place) => {
    for (const [member, arn] of Object.entries(members)) {
      const named = texts(input[member]);
      if (named.length > 0)
        return named.map((name) => (isArn(name) ? name : arn(name, place, input)));
    }
    return [];
  };
const regional =
  (service: string, kind: string) =>
  (name: string, { region, account }: Place) =>
    `arn:aws:${service}:${region}:${account}:${kind}${name}`;
const global =
  (kind: string) =>
  (name: string, { account }: Place) =>
    `arn:aws:iam::${account}:${kind}/${name}`;
const asIs = (name: string) => name;

const s3Arn = (bucket: string, _place: Place, { Key }: Input) =>
  typeof Key === 'string' ? `arn:aws:s3:::${bucket}/${Key}` : `arn:aws:s3:::${bucket}`;

const table = regional('dynamodb', 'table/');
const tableOrIndex = (name: string, place: Place, { IndexName }: Input) => {
  const arn = isArn(name) ? name : table(name, place);
  return typeof IndexName === 'string' ? `${arn}/index/${IndexName}` : arn;
};
// BatchGetItem and BatchWriteItem name their tables as the keys of a map.
const dynamodb: ResourcesOf = (input, place, operation) => {
  const tables = operation.startsWith('Batch')
    ? Object.keys((input['RequestItems'] as object | undefined) ?? {})
    : texts(input['TableName']);
  return tables.map((name) => tableOrIndex(name, place, input));
};

const queueName = (url: string) => url.slice(url.lastIndexOf('/') + 1);
const hub = ({ region, account }: Place) => `arn:aws:securityhub:${region}:${account}:hub/default`;
const securityHub: ResourcesOf = (input, place, operation) => {
  if (operation !== 'BatchImportFindings') return [hub(place)];
  const findings = (input['Findings'] ?? []) as readonly { ProductArn?: string }[];
  return [...new Set(findings.map(({ ProductArn = '*' }) => ProductArn))];
};

const parameter = (name: string, place: Place) =>
  regional('ssm', 'parameter/')(name.replace(/^\//, ''), place);

const document = regional('ssm', 'document/');
const instance = regional('ec2', 'instance/');
const parameters = arns({ Name: parameter, Names: parameter, Path: parameter });
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
const systemsManager: ResourcesOf = (input, place, operation) => {
  // A command is checked on its document and on each of the instances that it is sent to.
  if (operation === 'SendCommand')
    return [
      ...texts(input['DocumentName']).map((name) => document(name, place)),
      ...texts(input['InstanceIds']).map((id) => instance(id, place)),
    ];
  if (operation === 'PutComplianceItems')
    return texts(input['ResourceId']).map((id) => instance(id, place));
  if (/Document/.test(operation)) return texts(input['Name']).map((name) => document(name, place));
  return parameters(input, place, operation);
};

const rds = (kind: string) => regional('rds', `${kind}:`);
const resources: Partial<Record<DecodedCall['service'], ResourcesOf>> = {
  s3: arns({ Bucket: s3Arn }),
  dynamodb,
  sqs: arns({
    QueueUrl: (url, place) => regional('sqs', '')(queueName(url), place),
    QueueName: regional('sqs', ''),
  }),
  // PolicyArn comes last: where a policy is attached to somebody, that somebody is the resource.
  iam: arns({
    RoleName: global('role'),
    UserName: global('user'),
    GroupName: global('group'),
    PolicyArn: asIs,
    InstanceProfileName: global('instance-profile'),
    SAMLProviderArn: asIs,
    AWSServiceName: (service, place) => global('role')(`aws-service-role/${service}/*`, place),
    ServerCertificateName: global('server-certificate'),
  }),
  sts: arns({ RoleArn: asIs }),
  lambda: arns({ FunctionName: regional('lambda', 'function:') }),
  events: arns({
    Name: regional('events', 'rule/'),
    Rule: regional('events', 'rule/'),
    EventBusName: regional('events', 'event-bus/'),
  }),
  sns: arns({ TopicArn: asIs, TargetArn: asIs }),
  ssm: systemsManager,
  ec2: arns({
    GroupId: regional('ec2', 'security-group/'),
    PrefixListId: regional('ec2', 'prefix-list/'),
    VpcId: regional('ec2', 'vpc/'),
    InstanceId: regional('ec2', 'instance/'),
  }),
  rds: arns({
    ResourceName: asIs,
    DBInstanceIdentifier: rds('db'),
    DBClusterIdentifier: rds('cluster'),
    DBSnapshotIdentifier: rds('snapshot'),
    DBClusterSnapshotIdentifier: rds('cluster-snapshot'),
    DBParameterGroupName: rds('pg'),
    DBClusterParameterGroupName: rds('cluster-pg'),
    SubscriptionName: rds('es'),
  }),
  accessanalyzer: arns({ analyzerName: regional('access-analyzer', 'analyzer/') }),
  cloudtrail: arns({
    Name: regional('cloudtrail', 'trail/'),
    TrailName: regional('cloudtrail', 'trail/'),
    ResourceIdList: asIs,
  }),
  cloudformation: arns({
    StackName: (name, place) => `${regional('cloudformation', 'stack/')(name, place)}/*`,
  }),
  securityhub: securityHub,
};

// Actions that take no resource although their operation's input names one:
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
const withoutResource =
  /^ec2:(Describe|Get(?!ManagedPrefixList))|^iam:(ListPolicies|GetAccount)|^config:|^access-analyzer:List/;
// What an action is checked on where the call names none of its resources: all of the kind.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html
const whereUnnamed: Readonly<Record<string, (name: string, place: Place) => string>> = {
  'iam:GetAccessKeyLastUsed': global('user'),
  'rds:DescribeDBInstances': rds('db'),
  'rds:DescribeDBClusters': rds('cluster'),
  'rds:DescribeDBSnapshots': rds('snapshot'),
  'rds:DescribeDBClusterSnapshots': rds('cluster-snapshot'),
  'rds:DescribeDBParameterGroups': rds('pg'),
  'rds:DescribeDBClusterParameterGroups': rds('cluster-pg'),
  'rds:DescribeEventSubscriptions': rds('es'),
};

/** Every permission that a call needs. */
export const needsOf = (call: DecodedCall, account: string): readonly Need[] => {
  const place = { region: call.region, account };
  if (call.service === 'dynamodb' && call.operation.startsWith('Transact'))
    return transactionNeeds(call.input, place);
  const extra = extraNeeds(call, place);
  if (isAllExtra(call)) return extra;
  const action = actionOf(call);
  const unnamed = whereUnnamed[action]?.('*', place) ?? '*';
  const named = withoutResource.test(action)
    ? []
    : (resources[call.service]?.(call.input, place, call.operation) ?? []);
  const own = (named.length > 0 ? named : [unnamed]).map((resource) => ({ action, resource }));
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
const transactionNeeds = (input: Input, place: Place): readonly Need[] => {
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
