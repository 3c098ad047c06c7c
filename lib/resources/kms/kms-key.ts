import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { kms } from '../../services/kms.ts';
import { at, named } from '../ids.ts';
import { asData } from '../policy-text.ts';

const arn = (ref: Ref) => kms.arn('key', ref, ref.id);

/** The id in a key's id or ARN; an alias tells nothing, and a key of another account is not evaluated here. */
const keyId = (text: string, account: string): string | undefined => {
  const [, owner, id = text] = /^arn:[^:]+:kms:[^:]*:(\d*):key\/(.+)$/.exec(text) ?? [];
  if (owner !== undefined && owner !== account) return undefined;
  return /^(arn:|alias\/)/.test(id) ? undefined : id;
};

const idsIn = named({
  request: ['keyId'],
  response: ['keyMetadata.keyId'],
  // A request that names an alias has the key's ARN here.
  resource: 'AWS::KMS::Key',
  idOf: keyId,
});

const tagsOf = async (reader: Reader, KeyId: string) => {
  const tags: (readonly [string, string])[] = [];
  for await (const { Tags = [] } of reader.pages('kms', 'listResourceTags', { KeyId }))
    for (const { TagKey = '', TagValue = '' } of Tags) tags.push([TagKey, TagValue]);
  return Object.fromEntries(tags);
};

/** A key of the account and region, AWS's own among them; its id is the key's, `mrk-…` of a multi-Region key. */
export const kmsKey = defineResourceType({
  type: 'AWS::KMS::Key',
  scope: 'regional',
  securityHubType: 'AwsKmsKey',
  live: {
    gone: ['NotFoundException'],
    // KMS shows most changes within seconds, and may take minutes ("eventual consistency", KMS developer guide).
    settlesAfterSeconds: 20,
    unsettled: {
      facet: 'key',
      while: (value) => /^(Creating|Updating)$/.test(String(at(Object(value), ['state']))),
    },
    announcements: [
      {
        via: 'cloudtrail',
        source: kms.eventSource,
        calls: {
          CreateKey: 'created',
          EnableKeyRotation: ['rotation'],
          DisableKeyRotation: ['rotation'],
          EnableKey: ['key'],
          DisableKey: ['key'],
          ScheduleKeyDeletion: ['key', 'rotation'],
          CancelKeyDeletion: ['key', 'rotation'],
          ImportKeyMaterial: ['key'],
          DeleteImportedKeyMaterial: ['key'],
          UpdatePrimaryRegion: ['key', 'rotation'],
          PutKeyPolicy: ['policy'],
        },
        hides: ['PutKeyPolicy'],
        idsIn,
      },
    ],
    list: {
      actions: ['kms:ListKeys'],
      isEverywhere: true,
      page: async (reader, token) => {
        const { Keys = [], NextMarker } = await reader.call('kms', 'listKeys', {
          Limit: 1000,
          ...(token === undefined ? {} : { Marker: token }),
        });
        const resources = Keys.flatMap(({ KeyId }) => (KeyId ? [{ id: KeyId }] : []));
        return { resources, ...(NextMarker ? { next: NextMarker } : {}) };
      },
    },
  },
  configurationItem: 'resourceId',
  arn,
  about: {
    actions: ['kms:ListResourceTags'],
    read: async (reader, ref) => ({ arn: arn(ref), tags: await tagsOf(reader, ref.id) }),
  },
  facets: {
    /** What kind of key it is, and what state it is in. */
    key: {
      actions: ['kms:DescribeKey'],
      read: async (reader, { id }) => {
        const { KeyMetadata: key } = await reader.call('kms', 'describeKey', { KeyId: id });
        return {
          manager: key?.KeyManager,
          state: key?.KeyState,
          spec: key?.KeySpec,
          origin: key?.Origin,
          multiRegion: key?.MultiRegionConfiguration?.MultiRegionKeyType,
          primaryRegion: key?.MultiRegionConfiguration?.PrimaryKey?.Region,
        };
      },
    },
    /** The key policy; every key has one. */
    policy: {
      actions: ['kms:GetKeyPolicy'],
      read: async (reader, { id }) => {
        const asked = { KeyId: id, PolicyName: 'default' };
        return (await reader.call('kms', 'getKeyPolicy', asked)).Policy;
      },
      comparable: asData,
    },
    /** Whether KMS rotates it by itself, and how often; `undefined` of a key that it cannot rotate. */
    rotation: {
      actions: ['kms:GetKeyRotationStatus'],
      absent: ['UnsupportedOperationException', 'KMSInvalidStateException'],
      read: async (reader, { id }) => {
        const status = await reader.call('kms', 'getKeyRotationStatus', { KeyId: id });
        return { isOn: status.KeyRotationEnabled ?? false, days: status.RotationPeriodInDays };
      },
    },
  },
});
