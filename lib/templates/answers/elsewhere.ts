import type { Service } from '../../model/calls.ts';
import { list, text } from '../../support/untyped.ts';
import type { Input, Resource, Stack } from '../stack.ts';
import { accountKeys, settingHere } from './account.ts';

/** Whether what a call is about is none of what a template declares. */
type IsElsewhere = (stack: Stack, input: Input) => boolean;

/** A name, an id or an ARN that somebody wrote: a mark stands for what only a deployment knows. */
const isGiven = (id: string): boolean => id !== '' && !id.includes('<');
const idIn = (value: unknown): string => text(Array.isArray(value) ? value[0] : value) ?? '';

const isNamed = (id: string) => (one: Resource) =>
  [one.name, one.physicalId, one.arn].some((own) => own.toLowerCase() === id.toLowerCase());

const of =
  (by: string, ...types: readonly string[]): IsElsewhere =>
  (stack, input) => {
    const value = input[by];
    const id = idIn(value);
    return list(value).length < 2 && isGiven(id) && !stack.find(types, isNamed(id));
  };
const setting =
  (type: string, isRegional = true): IsElsewhere =>
  (stack) =>
    !settingHere(stack, type, isRegional);

const bucket = of('Bucket', 'AWS::S3::Bucket');
const key = of('KeyId', 'AWS::KMS::Key', 'AWS::KMS::ReplicaKey');
const group = of('GroupName', 'AWS::IAM::Group');
const ofAws = /^arn:[^:]+:iam::aws:policy\/AdministratorAccess$/;
const policy: IsElsewhere = (stack, input) =>
  !ofAws.test(idIn(input['PolicyArn'])) && of('PolicyArn', 'AWS::IAM::ManagedPolicy')(stack, input);
const parameters =
  (by: string, type: string): IsElsewhere =>
  (stack, input) =>
    // Of AWS's own groups the engine's defaults are known.
    !idIn(input[by]).startsWith('default.') && of(by, type)(stack, input);
const prefixList = 'AWS::EC2::PrefixList';

/** The calls that are asked of the account where they are about what no template declares. */
const calls: { readonly [S in Service]?: Readonly<Record<string, IsElsewhere>> } = {
  ec2: {
    describeManagedPrefixLists: of('PrefixListIds', prefixList),
    getManagedPrefixListEntries: of('PrefixListId', prefixList),
    describeVpcs: of('VpcIds', 'AWS::EC2::VPC'),
    getEbsEncryptionByDefault: setting(accountKeys.encryption),
    getInstanceMetadataDefaults: setting(accountKeys.metadata),
  },
  iam: {
    getGroupPolicy: group,
    listAttachedGroupPolicies: group,
    listGroupPolicies: group,
    getPolicy: policy,
    getPolicyVersion: policy,
  },
  kms: { describeKey: key, getKeyPolicy: key, getKeyRotationStatus: key },
  rds: {
    describeDBClusters: of('DBClusterIdentifier', 'AWS::RDS::DBCluster'),
    describeDBInstances: of('DBInstanceIdentifier', 'AWS::RDS::DBInstance'),
    describeDBParameters: parameters('DBParameterGroupName', 'AWS::RDS::DBParameterGroup'),
    describeDBClusterParameters: parameters(
      'DBClusterParameterGroupName',
      'AWS::RDS::DBClusterParameterGroup',
    ),
  },
  s3: {
    getBucketAcl: bucket,
    getBucketEncryption: bucket,
    getBucketLogging: bucket,
    getBucketOwnershipControls: bucket,
    getBucketPolicy: bucket,
    getBucketRequestPayment: bucket,
    getObjectLockConfiguration: bucket,
    getPublicAccessBlock: bucket,
    listBuckets: of('Prefix', 'AWS::S3::Bucket'),
  },
  s3control: { getPublicAccessBlock: setting(accountKeys.s3, false) },
  sns: { listSubscriptionsByTopic: of('TopicArn', 'AWS::SNS::Topic') },
};

/** What the account answers a call that is about nothing in the template; `undefined` where the template answers it. */
export const askedElsewhere = (
  stack: Stack,
  service: Service,
  operation: string,
  input: Input,
): unknown =>
  stack.template.live && calls[service]?.[operation]?.(stack, input) === true
    ? stack.ask(service, operation, input)
    : undefined;
