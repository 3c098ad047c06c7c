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
];
