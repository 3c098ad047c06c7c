import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { EventBridge } from '@aws-sdk/client-eventbridge';
import type { KMS } from '@aws-sdk/client-kms';
import type { S3 } from '@aws-sdk/client-s3';
import type { SQS } from '@aws-sdk/client-sqs';
import { attempted } from '../../aws/errors.ts';
import type { DecodedCall } from '../endpoint/call.ts';
import type { Policy } from './iam-policy.ts';

/** Clients of moto itself, past the endpoint. */
export interface PolicyClients {
  readonly sqs: SQS;
  readonly dynamodb: DynamoDB;
  readonly events: EventBridge;
  readonly kms: KMS;
  readonly s3: S3;
}
interface Kind {
  readonly policyOf: (arn: string, clients: PolicyClients) => Promise<string | undefined>;
  /** The operations after which a policy may be another one. */
  readonly changedBy: RegExp;
  /** Something beside its policy can let in who signs nothing, as ACLs do. */
  readonly isOpenOtherwise?: true;
}

const lastOf = (arn: string) => arn.slice(arn.lastIndexOf(':') + 1);
const orNone = async (read: () => Promise<string | undefined>) => {
  const found = await attempted(read);
  return 'value' in found ? found.value : undefined;
};

const kinds: Partial<Record<DecodedCall['service'], Kind>> = {
  sqs: {
    policyOf: async (arn, { sqs }) => {
      const { QueueUrl } = await sqs.getQueueUrl({ QueueName: lastOf(arn) });
      const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['Policy'] });
      return Attributes?.['Policy'];
    },
    changedBy: /^(AddPermission|RemovePermission|SetQueueAttributes|(Create|Delete)Queue)$/,
  },
  dynamodb: {
    // The policy of a table covers its indexes as well.
    policyOf: async (arn, { dynamodb }) =>
      (await dynamodb.getResourcePolicy({ ResourceArn: arn.replace(/\/index\/.*/, '') })).Policy,
    changedBy: /ResourcePolicy$|^(Create|Delete)Table$/,
  },
  eventbridge: {
    // In the home region, where our bus is; any other bus here has no policy.
    policyOf: async (arn, { events }) =>
      (await events.describeEventBus({ Name: arn.slice(arn.lastIndexOf('/') + 1) })).Policy,
    changedBy: /EventBus$|Permission$/,
  },
  kms: {
    policyOf: async (arn, { kms }) =>
      (await kms.getKeyPolicy({ KeyId: arn, PolicyName: 'default' })).Policy,
    changedBy: /^(CreateKey|PutKeyPolicy)$/,
  },
  s3: {
    // The policy of a bucket covers its objects as well.
    policyOf: async (arn, { s3 }) =>
      (
        await s3.getBucketPolicy({
          Bucket: arn.replace(/^arn:[^:]*:s3:::/, '').replace(/\/.*/, ''),
        })
      ).Policy,
    changedBy: /^((Put|Delete)BucketPolicy|(Create|Delete)Bucket)$/,
    isOpenOtherwise: true,
  },
};

/** The policies of resources that have one of their own, read once until `forget`. */
export const createResourcePolicies = (clients: PolicyClients) => {
  const known = new Map<string, Promise<Policy | undefined>>();
  const read = async (kind: Kind, arn: string): Promise<Policy | undefined> => {
    const document = await orNone(() => kind.policyOf(arn, clients));
    return document ? JSON.parse(document) : undefined;
  };
  return {
    isKnownKind: ({ service }: DecodedCall) => kinds[service] !== undefined,
    isOpenOtherwise: ({ service }: DecodedCall) => kinds[service]?.isOpenOtherwise === true,
    of: (service: DecodedCall['service'], arn: string): Promise<Policy | undefined> => {
      const kind = kinds[service];
      if (!kind || !arn.startsWith('arn:')) return Promise.resolve(undefined);
      const policy = known.get(arn) ?? read(kind, arn);
      known.set(arn, policy);
      return policy;
    },
    /** Before and after a call that may change a policy, since reads may overlap with it. */
    forget: ({ service, operation, readOnly }: DecodedCall) => {
      const isStack = service === 'cloudformation' && !readOnly;
      if (isStack || kinds[service]?.changedBy.test(operation)) known.clear();
    },
  };
};
