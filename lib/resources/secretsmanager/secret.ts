import type { DescribeSecretCommandOutput } from '@aws-sdk/client-secrets-manager';
import {
  defineResourceType,
  type Lender,
  type Reader,
  type Ref,
  type Where,
} from '../../model/resource-type.ts';
import { secretsmanager } from '../../services/secretsmanager.ts';
import { asRecord } from '../../support/untyped.ts';
import { named } from '../ids.ts';
import { asData } from '../policy-text.ts';

/** The name in a secret's name or ARN, which ends with six characters of its own: `secret:<name>-<6>`. */
const secretName = (text: string): string | undefined =>
  text.startsWith('arn:') ? /:secret:(.+)-\w{6}$/.exec(text)?.[1] : text;

const described = (reader: Reader, { id }: Ref) =>
  reader.call('secretsmanager', 'describeSecret', { SecretId: id });

type Shown = Pick<
  DescribeSecretCommandOutput,
  | 'CreatedDate'
  | 'DeletedDate'
  | 'LastAccessedDate'
  | 'LastRotatedDate'
  | 'NextRotationDate'
  | 'OwningService'
  | 'PrimaryRegion'
  | 'RotationEnabled'
  | 'RotationRules'
>;

const textOf = (date: Date | undefined): string | undefined => date?.toISOString();

const lifeOf = (one: Shown) => ({
  created: textOf(one.CreatedDate),
  /** When somebody had it deleted; it can be restored for a while. */
  deleted: textOf(one.DeletedDate),
  /** The day alone. */
  lastAccessed: textOf(one.LastAccessedDate),
});

const rotationOf = (one: Shown) => ({
  isOn: one.RotationEnabled ?? false,
  owner: one.OwningService,
  everyDays: one.RotationRules?.AutomaticallyAfterDays,
  schedule: one.RotationRules?.ScheduleExpression,
  last: textOf(one.LastRotatedDate),
  next: textOf(one.NextRotationDate),
});

/** Where a replica's value, rotation and policy are set; `undefined` of a secret that stands for itself. */
const primaryRegionOf = ({ PrimaryRegion }: Shown, { region }: Where): string | undefined =>
  PrimaryRegion === region ? undefined : PrimaryRegion;

const type = 'AWS::SecretsManager::Secret';

/** A replica has the name of its primary. */
const isReplicaOf: Lender['isBorrowedBy'] = (primary, { id, facets = {} }) =>
  id === primary && facets['primaryRegion'] !== undefined;

/** A secret of the account and region; its id is its name, its value is never read. */
export const secret = defineResourceType({
  type,
  scope: 'regional',
  securityHubType: 'AwsSecretsManagerSecret',
  live: {
    gone: ['ResourceNotFoundException'],
    settlesAfterSeconds: 20,
    announcements: [
      {
        via: 'cloudtrail',
        source: secretsmanager.eventSource,
        calls: {
          CreateSecret: 'created',
          UpdateSecret: ['life'],
          RotateSecret: ['rotation'],
          CancelRotateSecret: ['rotation'],
          RestoreSecret: ['life', 'policy', 'rotation'],
          // Called where the replica is, which stands for itself from then on.
          StopReplicationToReplica: ['life', 'policy', 'primaryRegion', 'rotation'],
          PutResourcePolicy: ['policy'],
          DeleteResourcePolicy: ['policy'],
          // A replica is made with the policy of its primary.
          ReplicateSecretToRegions: ['policy'],
          RemoveRegionsFromReplication: ['policy'],
          DeleteSecret: 'deleted',
        },
        hides: ['PutResourcePolicy'],
        idsIn: named({
          request: ['secretId', 'name'],
          response: ['name', 'arn'],
          resource: type,
          idOf: secretName,
        }),
      },
      {
        via: 'service',
        source: 'aws.secretsmanager',
        // Rotations that started, succeeded and failed:
        // https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieve-ct-entries.html
        detailType: 'AWS Service Event via CloudTrail',
        effect: ['rotation'],
        idsIn: (detail) => {
          const { SecretId } = asRecord(detail['additionalEventData']);
          const name = typeof SecretId === 'string' ? secretName(SecretId) : undefined;
          return name === undefined ? 'all' : [name];
        },
      },
    ],
    list: {
      actions: ['secretsmanager:ListSecrets'],
      page: async (reader, token) => {
        const { SecretList = [], NextToken } = await reader.call('secretsmanager', 'listSecrets', {
          MaxResults: 100,
          ...(token === undefined ? {} : { NextToken: token }),
        });
        const resources = SecretList.map((one) => ({
          id: one.Name ?? '',
          facets: {
            life: lifeOf(one),
            primaryRegion: primaryRegionOf(one, reader),
            rotation: rotationOf(one),
          },
          about: {
            arn: one.ARN ?? '',
            tags: Object.fromEntries(
              (one.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]),
            ),
          },
        }));
        return { resources, ...(NextToken ? { next: NextToken } : {}) };
      },
    },
  },
  about: {
    actions: ['secretsmanager:DescribeSecret'],
    read: async (reader, ref) => {
      const { ARN = '', Tags = [] } = await described(reader, ref);
      const tags = Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
      return { arn: ARN, tags };
    },
  },
  facets: {
    life: {
      actions: ['secretsmanager:DescribeSecret'],
      read: async (reader, ref) => lifeOf(await described(reader, ref)),
    },
    primaryRegion: {
      actions: ['secretsmanager:DescribeSecret'],
      read: async (reader, ref) => primaryRegionOf(await described(reader, ref), ref),
    },
    rotation: {
      actions: ['secretsmanager:DescribeSecret'],
      read: async (reader, ref) => rotationOf(await described(reader, ref)),
    },
    /** The resource policy; `undefined` where there is none, or the secret waits for its deletion. */
    policy: {
      actions: ['secretsmanager:GetResourcePolicy', 'secretsmanager:DescribeSecret'],
      read: async (reader, ref) => {
        const { DeletedDate } = await described(reader, ref);
        // Of such a secret nothing else is answered ("InvalidRequestException").
        if (DeletedDate !== undefined) return undefined;
        const asked = { SecretId: ref.id };
        return (await reader.call('secretsmanager', 'getResourcePolicy', asked)).ResourcePolicy;
      },
      comparable: asData,
      // What is put on the primary is copied, and no call is recorded where the replica is:
      // https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
      borrowedFrom: [{ type, facet: 'policy', inOtherRegions: true, isBorrowedBy: isReplicaOf }],
    },
  },
});
