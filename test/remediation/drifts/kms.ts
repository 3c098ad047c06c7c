import type { Clients } from '../../../lib/aws/clients.ts';
import type { Drift } from '../drift.ts';

const newKey = async (clients: Clients): Promise<string> => {
  const kms = await clients('kms');
  const { KeyMetadata } = await kms.createKey({ Description: 'of a test' });
  const KeyId = KeyMetadata?.KeyId ?? '';
  await kms.enableKeyRotation({ KeyId });
  return KeyId;
};

export const kmsDrifts: readonly Drift[] = [
  {
    control: 'KMS.4',
    type: 'AWS::KMS::Key',
    title: 'somebody stops the rotation of a key',
    arrange: newKey,
    drift: async (clients, KeyId) => (await clients('kms')).disableKeyRotation({ KeyId }),
  },
  {
    control: 'KMS.3',
    type: 'AWS::KMS::Key',
    title: 'somebody schedules the deletion of a key',
    arrange: newKey,
    drift: async (clients, KeyId) =>
      (await clients('kms')).scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 }),
  },
  {
    control: 'KMS.5',
    type: 'AWS::KMS::Key',
    title: 'somebody lets everybody decrypt with a key',
    arrange: newKey,
    drift: async (clients, KeyId) => {
      const kms = await clients('kms');
      const PolicyName = 'default';
      const { Policy = '{}' } = await kms.getKeyPolicy({ KeyId, PolicyName });
      const { Statement, ...rest } = JSON.parse(Policy);
      const open = { Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' };
      const opened = JSON.stringify({ ...rest, Statement: [...Statement, open] });
      await kms.putKeyPolicy({ KeyId, PolicyName, Policy: opened });
    },
  },
];
