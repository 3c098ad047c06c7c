import { earsPrefix } from '../../resources/account/ears-names.ts';
import { publishRoleName, readRoleName, stackPrefix } from '../../resources/account/own-prefix.ts';
import { stackName } from '../../resources/account/own-stack.ts';

/** Resources of a kind; what is not said is every id, and the stack's own region and account. */
export interface Scope {
  readonly kind: string;
  readonly id?: string;
  readonly region?: string;
  /** `members` are the other accounts that the baseline names. */
  readonly account?: string;
}

/** Kinds of which a role is given fewer resources than all of the account and region, or others too. */
export const scopesOfKind: Readonly<Record<string, readonly Omit<Scope, 'kind'>[]>> = {
  // A trail of the organisation, or one of another region, is seen here as well.
  'cloudtrail:trail': [{ region: '*', account: '*' }],
  // A list may be shared by another account, or be AWS's own.
  'ec2:prefix-list': [{ account: '*' }],
  // Of rules and stacks only our own are read.
  'cloudformation:stack': [{ id: stackName }, { id: `${earsPrefix(stackName)}*` }],
  'events:rule-on-default-event-bus': [
    { id: `${stackPrefix}*` },
    { id: `${earsPrefix(stackName)}*` },
  ],
  // The policies that AWS manages belong to the account "aws".
  'iam:policy': [{}, { account: 'aws' }],
  'ssm:parameter': [{ id: 'plumbline/breakers' }],
};

/** Actions that are granted on other resources than those of each kind that they are checked on. */
export const scopesOfAction: Readonly<Record<string, readonly Scope[]>> = {
  // IAM's reference names REST APIs alone: the other kind is read by the same action.
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html
  'apigateway:GET': ['RestApi', 'RestApis', 'Api', 'Apis', 'VpcLinks'].map((kind) => ({ kind })),
  // Of what can be tagged, workgroups are evaluated; IAM's reference asks for all four kinds as if for one call.
  'athena:ListTagsForResource': [{ kind: 'workgroup' }],
  // Only the account itself changes its trails, in their home region.
  'cloudtrail:StartLogging': [{ kind: 'trail' }],
  'cloudtrail:StopLogging': [{ kind: 'trail' }],
  'cloudtrail:UpdateTrail': [{ kind: 'trail' }],
  // Whether AWS checks these against every recorder or against `*`, since the call need not name one, is not
  // documented, and a denied read would hide that we are blind.
  'config:DescribeConfigurationRecorderStatus': [],
  'config:DescribeConfigurationRecorders': [],
  // Of the rows of tables, an operator's word in the ledger.
  'dynamodb:GetItem': [{ kind: 'table', id: `${stackPrefix}Ledger*` }],
  // Of the indexes, that of what our own role may not read; those of the ledger are none of it.
  'dynamodb:Query': [{ kind: 'index', id: `${stackPrefix}Posture*` }],
  // Streams and indexes have policies of their own, which nothing evaluates.
  'dynamodb:GetResourcePolicy': [{ kind: 'table' }],
  'dynamodb:PutResourcePolicy': [{ kind: 'table' }],
  // Of what can be tagged, buses are evaluated.
  'events:ListTagsForResource': [{ kind: 'event-bus' }],
  // Rows of ours end by themselves; those of others are nobody's business here.
  'dynamodb:DescribeTimeToLive': [{ kind: 'table', id: `${stackPrefix}*` }],
  // Of all that can be tagged, plans tag the rules that they make.
  'ec2:CreateTags': [{ kind: 'security-group-rule' }],
  // What is read of a bucket is read of the bucket, and by no access point.
  's3:GetBucketAcl': [{ kind: 'bucket' }],
  's3:GetBucketLocation': [{ kind: 'bucket' }],
  's3:GetBucketNotification': [{ kind: 'bucket' }],
  's3:GetBucketPolicy': [{ kind: 'bucket' }],
  's3:ListTagsForResource': [{ kind: 'accesspoint' }],
  // All of the account's, which `*` is too: an ARN for each would take more policies than a role has.
  'backup:GetBackupVaultAccessPolicy': [],
  'backup:ListTags': [],
  'cognito-identity:DescribeIdentityPool': [],
  'dms:ListTagsForResource': [],
  'glue:GetResourcePolicy': [],
  'guardduty:GetDetector': [],
  'guardduty:GetFilter': [],
  'kafka:DescribeClusterV2': [],
  'organizations:DescribePolicy': [],
  'organizations:ListTargetsForPolicy': [],
  'redshift-serverless:GetWorkgroup': [],
  'redshift-serverless:ListTagsForResource': [],
  's3:GetAccessPointPolicy': [],
  'sagemaker:DescribeNotebookInstance': [],
  'sagemaker:ListTags': [],
  // Roles that AWS services make for themselves.
  'iam:CreateServiceLinkedRole': [{ kind: 'role', id: 'aws-service-role/*' }],
  // No plan changes the parameter group of a cluster's instances.
  'rds:ModifyDBCluster': [{ kind: 'cluster' }, { kind: 'cluster-pg' }],
  // It answers with the code as well: only of our own.
  'lambda:GetFunction': [{ kind: 'function', id: `${stackPrefix}*` }],
  // Of the roles in other accounts, ours in those that are governed.
  'sts:AssumeRole': [readRoleName, publishRoleName].map((id) => ({
    kind: 'role',
    id,
    account: 'members',
  })),
  // The switch, and no breaker.
  'ssm:GetParameters': [{ kind: 'parameter', id: 'plumbline/remediation' }],
};

type Conditions = Readonly<Record<string, Readonly<Record<string, string>>>>;
/** Actions that are harmless for one service alone. */
export const writeConditions: Readonly<Record<string, Conditions>> = {
  'iam:CreateServiceLinkedRole': {
    StringEquals: { 'iam:AWSServiceName': 'access-analyzer.amazonaws.com' },
  },
  'iam:PassRole': { StringEquals: { 'iam:PassedToService': 'monitoring.rds.amazonaws.com' } },
};
