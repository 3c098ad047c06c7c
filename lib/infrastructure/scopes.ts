import { stackPrefix } from '../resources/account-region-reads.ts';

/** Where a stack stands; values may be CDK tokens. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** ARNs, after the partition, that cover every resource of a kind. */
const kinds = {
  bucket: () => ['s3:::*'],
  // Identities may have a path; `*` takes slashes too.
  group: ({ account }) => [`iam::${account}:group/*`],
  role: ({ account }) => [`iam::${account}:role/*`],
  serverCertificate: ({ account }) => [`iam::${account}:server-certificate/*`],
  user: ({ account }) => [`iam::${account}:user/*`],
  // The policies that AWS manages belong to the account "aws".
  policy: ({ account }) => [`iam::${account}:policy/*`, 'iam::aws:policy/*'],
  // A list may be shared by another account, or be AWS's own.
  prefixList: ({ region }) => [`ec2:${region}:*:prefix-list/*`],
  cluster: ({ region, account }) => [`rds:${region}:${account}:cluster:*`],
  clusterParameterGroup: ({ region, account }) => [`rds:${region}:${account}:cluster-pg:*`],
  clusterSnapshot: ({ region, account }) => [`rds:${region}:${account}:cluster-snapshot:*`],
  database: ({ region, account }) => [`rds:${region}:${account}:db:*`],
  eventSubscription: ({ region, account }) => [`rds:${region}:${account}:es:*`],
  parameterGroup: ({ region, account }) => [`rds:${region}:${account}:pg:*`],
  snapshot: ({ region, account }) => [`rds:${region}:${account}:snapshot:*`],
  hub: ({ region, account }) => [`securityhub:${region}:${account}:hub/default`],
  // Of queues and rules only our own are read.
  queue: ({ region, account }) => [`sqs:${region}:${account}:${stackPrefix}*`],
  rule: ({ region, account }) => [`events:${region}:${account}:rule/${stackPrefix}*`],
  // A trail of the organisation, or one of another region, is seen here as well.
  trail: () => ['cloudtrail:*:*:trail/*'],
} satisfies Record<string, (place: Place) => readonly string[]>;
type Kind = keyof typeof kinds;

/** The kinds that reading actions are checked against, after the service authorization reference. */
const kindsOf: Readonly<Record<string, readonly Kind[]>> = {
  'cloudtrail:GetEventSelectors': ['trail'],
  'cloudtrail:GetTrail': ['trail'],
  'cloudtrail:GetTrailStatus': ['trail'],
  'cloudtrail:ListTags': ['trail'],
  'ec2:GetManagedPrefixListEntries': ['prefixList'],
  'events:DescribeRule': ['rule'],
  'events:ListTargetsByRule': ['rule'],
  'iam:GetAccessKeyLastUsed': ['user'],
  'iam:GetGroup': ['group'],
  'iam:GetGroupPolicy': ['group'],
  'iam:GetLoginProfile': ['user'],
  'iam:GetPolicy': ['policy'],
  'iam:GetPolicyVersion': ['policy'],
  'iam:GetRole': ['role'],
  'iam:GetRolePolicy': ['role'],
  'iam:GetServerCertificate': ['serverCertificate'],
  'iam:GetUser': ['user'],
  'iam:GetUserPolicy': ['user'],
  'iam:ListAccessKeys': ['user'],
  'iam:ListAttachedGroupPolicies': ['group'],
  'iam:ListAttachedRolePolicies': ['role'],
  'iam:ListAttachedUserPolicies': ['user'],
  'iam:ListEntitiesForPolicy': ['policy'],
  'iam:ListGroupPolicies': ['group'],
  'iam:ListGroupsForUser': ['user'],
  'iam:ListMFADevices': ['user'],
  'iam:ListPolicyTags': ['policy'],
  'iam:ListPolicyVersions': ['policy'],
  'iam:ListRolePolicies': ['role'],
  'iam:ListRoleTags': ['role'],
  'iam:ListServerCertificateTags': ['serverCertificate'],
  'iam:ListUserPolicies': ['user'],
  'iam:ListUserTags': ['user'],
  'rds:DescribeDBClusterParameters': ['clusterParameterGroup'],
  'rds:DescribeDBClusterSnapshotAttributes': ['clusterSnapshot'],
  'rds:DescribeDBClusterSnapshots': ['cluster', 'clusterSnapshot'],
  'rds:DescribeDBClusters': ['cluster'],
  'rds:DescribeDBInstances': ['database'],
  'rds:DescribeDBParameters': ['parameterGroup'],
  'rds:DescribeDBSnapshotAttributes': ['snapshot'],
  'rds:DescribeDBSnapshots': ['database', 'snapshot'],
  'rds:DescribeEventSubscriptions': ['eventSubscription'],
  'rds:ListTagsForResource': ['cluster', 'clusterSnapshot', 'database', 'snapshot'],
  's3:GetAccelerateConfiguration': ['bucket'],
  's3:GetBucketAcl': ['bucket'],
  's3:GetBucketCORS': ['bucket'],
  's3:GetBucketLocation': ['bucket'],
  's3:GetBucketLogging': ['bucket'],
  's3:GetBucketNotification': ['bucket'],
  's3:GetBucketObjectLockConfiguration': ['bucket'],
  's3:GetBucketOwnershipControls': ['bucket'],
  's3:GetBucketPolicy': ['bucket'],
  's3:GetBucketPolicyStatus': ['bucket'],
  's3:GetBucketPublicAccessBlock': ['bucket'],
  's3:GetBucketTagging': ['bucket'],
  's3:GetBucketVersioning': ['bucket'],
  's3:GetEncryptionConfiguration': ['bucket'],
  's3:GetLifecycleConfiguration': ['bucket'],
  's3:GetReplicationConfiguration': ['bucket'],
  's3:ListBucket': ['bucket'],
  'securityhub:DescribeHub': ['hub'],
  'sqs:GetQueueAttributes': ['queue'],
};

/**
 * Actions that the reference gives a resource, but that are called without naming one: whether AWS then checks them
 * against every recorder or against `*` is not documented, and a denied read would hide that we are blind.
 */
export const calledOnNoResource: readonly string[] = [
  'config:DescribeConfigurationRecorders',
  'config:DescribeConfigurationRecorderStatus',
];

/**
 * The ARNs that a reading action is to be granted on, as narrow as IAM allows. `*` where the action takes no
 * resource; the tests say which action is still missing here.
 */
export const arnsFor = (action: string, place: Place): readonly string[] => {
  const arns = (kindsOf[action] ?? []).flatMap((kind) => kinds[kind](place));
  return arns.length === 0 ? ['*'] : arns.map((arn) => `arn:${place.partition}:${arn}`);
};
