import { defineResourceType, type Facets, type Reader } from '../../model/resource-type.ts';
import { collect } from '../iam/iam-details.ts';
import { iamPolicy } from '../iam/iam-policy.ts';
import { readAttached, readInline } from '../iam/role-policies.ts';

/** A part of our stack, of which facets are borrowed: none is listed or evaluated by itself. */
const part = <const F extends Facets>(type: `AWS::${string}::${string}`, facets: F) =>
  defineResourceType({
    type,
    scope: 'regional',
    securityHubType: 'Other',
    live: {
      gone: [],
      settlesAfterSeconds: 30,
      announcements: [],
      list: { actions: [], page: async () => ({ resources: [] }) },
    },
    about: { actions: [], read: async (_, { id }) => ({ arn: id, tags: {} }) },
    facets,
  });

const gone = ['ResourceNotFoundException'];

const ownRole = part('AWS::IAM::Role', {
  id: {
    actions: ['iam:GetRole'],
    absent: ['NoSuchEntity'],
    read: async (reader, { id }) =>
      (await reader.call('iam', 'getRole', { RoleName: id })).Role?.RoleId,
  },
  admission: {
    actions: ['iam:GetRole'],
    absent: ['NoSuchEntity'],
    read: async (reader, { id }) => {
      const { Role } = await reader.call('iam', 'getRole', { RoleName: id });
      return {
        trust: Role?.AssumeRolePolicyDocument,
        boundary: Role?.PermissionsBoundary?.PermissionsBoundaryArn,
      };
    },
  },
  inline: {
    actions: ['iam:ListRolePolicies', 'iam:GetRolePolicy'],
    absent: ['NoSuchEntity'],
    read: (reader, { id }) => readInline(reader, id),
  },
  attached: {
    actions: ['iam:ListAttachedRolePolicies', ...iamPolicy.facets.defaultVersion.actions],
    absent: ['NoSuchEntity'],
    read: async (reader, ref) => {
      const attached = await readAttached(reader, ref.id);
      // What AWS itself manages nobody else writes.
      const documentOf = (arn: string) =>
        arn.includes(':iam::aws:')
          ? undefined
          : reader.facet(iamPolicy, { ...ref, id: arn }, 'defaultVersion');
      return Promise.all(
        attached.map(async ({ arn }) => ({ arn, document: await documentOf(arn) })),
      );
    },
  },
});

const configurationOf = async (reader: Reader, FunctionName: string) => {
  // Lambda answers this call ten times as often as GetFunctionConfiguration, and with the concurrency beside it.
  const { Configuration: now = {}, Concurrency } = await reader.call('lambda', 'getFunction', {
    FunctionName,
  });
  return {
    codeSha256: now.CodeSha256,
    handler: now.Handler,
    runtime: now.Runtime,
    role: now.Role,
    memoryMb: now.MemorySize,
    timeoutSeconds: now.Timeout,
    environment: now.Environment?.Variables ?? {},
    layers: (now.Layers ?? []).map(({ Arn = '' }) => Arn),
    fileSystems: (now.FileSystemConfigs ?? []).map(({ Arn = '' }) => Arn),
    networks: now.VpcConfig?.SubnetIds ?? [],
    concurrency: Concurrency?.ReservedConcurrentExecutions,
  };
};

const ownFunction = part('AWS::Lambda::Function', {
  configuration: {
    actions: ['lambda:GetFunction'],
    absent: gone,
    read: (reader, { id }) => configurationOf(reader, id),
  },
  policy: {
    actions: ['lambda:GetPolicy'],
    absent: gone,
    read: async (reader, { id }) =>
      (await reader.call('lambda', 'getPolicy', { FunctionName: id })).Policy,
  },
  mappings: {
    actions: ['lambda:ListEventSourceMappings'],
    absent: gone,
    read: (reader, { id }) =>
      collect(
        reader.pages('lambda', 'listEventSourceMappings', { FunctionName: id }),
        (page) => page.EventSourceMappings,
        (one) => ({
          id: one.UUID ?? '',
          source: one.EventSourceArn,
          state: one.State,
          batchSize: one.BatchSize,
          filters: (one.FilterCriteria?.Filters ?? []).map(({ Pattern = '' }) => Pattern),
        }),
      ),
  },
});

const ownTable = part('AWS::DynamoDB::Table', {
  isProtected: {
    actions: ['dynamodb:DescribeTable'],
    absent: gone,
    read: async (reader, { id }) =>
      (await reader.call('dynamodb', 'describeTable', { TableName: id })).Table
        ?.DeletionProtectionEnabled ?? false,
  },
  policy: {
    actions: ['dynamodb:GetResourcePolicy'],
    absent: [...gone, 'PolicyNotFoundException'],
    read: async (reader, { id }) =>
      (await reader.call('dynamodb', 'getResourcePolicy', { ResourceArn: id })).Policy,
  },
  timeToLive: {
    actions: ['dynamodb:DescribeTimeToLive'],
    absent: gone,
    read: async (reader, { id }) => {
      const asked = { TableName: id };
      const { TimeToLiveDescription: now } = await reader.call(
        'dynamodb',
        'describeTimeToLive',
        asked,
      );
      return now?.TimeToLiveStatus?.startsWith('ENABL') ? now.AttributeName : undefined;
    },
  },
});

const ownKey = part('AWS::KMS::Key', {
  state: {
    actions: ['kms:DescribeKey'],
    absent: ['NotFoundException'],
    read: async (reader, { id }) =>
      (await reader.call('kms', 'describeKey', { KeyId: id })).KeyMetadata?.KeyState,
  },
  policy: {
    actions: ['kms:GetKeyPolicy'],
    absent: ['NotFoundException'],
    read: async (reader, { id }) =>
      (await reader.call('kms', 'getKeyPolicy', { KeyId: id, PolicyName: 'default' })).Policy,
  },
});

const ownBus = part('AWS::Events::EventBus', {
  admission: {
    actions: ['events:DescribeEventBus'],
    absent: gone,
    read: async (reader, { id }) => {
      const bus = await reader.call('eventbridge', 'describeEventBus', { Name: id });
      return {
        policy: bus.Policy,
        // What a key that cannot be used keeps from the rules is lost.
        key: bus.KmsKeyIdentifier,
        deadLetters: bus.DeadLetterConfig?.Arn,
      };
    },
  },
});

/** The CDK's bucket, out of which the functions' code is deployed. */
const assetBucket = part('AWS::S3::Bucket', {
  policy: {
    actions: ['s3:GetBucketPolicy'],
    absent: ['NoSuchBucketPolicy', 'NoSuchBucket'],
    read: async (reader, { id }) =>
      (await reader.call('s3', 'getBucketPolicy', { Bucket: id })).Policy,
  },
});

/** By what it is to us; the catalogue has types of the same names. */
export const ownParts = {
  assetBucket,
  bus: ownBus,
  function: ownFunction,
  key: ownKey,
  role: ownRole,
  table: ownTable,
};
