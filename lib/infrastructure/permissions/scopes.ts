import { type Kind, kinds, type Place } from './kinds.ts';
import { writeKinds } from './write-kinds.ts';

export type { Place } from './kinds.ts';

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
  'ssm:GetParametersByPath': ['breakers'],
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
 * The ARNs that an action is to be granted on, as narrow as IAM allows. `*` where the action takes no
 * resource; the tests say which action is still missing here.
 */
export const arnsFor = (action: string, place: Place): readonly string[] => {
  const arns = (kindsOf[action] ?? writeKinds[action] ?? []).flatMap((kind) => kinds[kind](place));
  return arns.length === 0 ? ['*'] : arns.map((arn) => `arn:${place.partition}:${arn}`);
};
