import type { Effects } from './effects.ts';

const rotated =
  (isOn: boolean): Effects[string] =>
  (snapshot, input) => {
    const key = { ...Object(snapshot['key']) };
    // https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html
    if (key.state !== 'Enabled') throw new Error('DisabledException');
    if (
      key.multiRegion === 'REPLICA' ||
      key.spec !== 'SYMMETRIC_DEFAULT' ||
      key.origin !== 'AWS_KMS'
    )
      throw new Error('UnsupportedOperationException');
    if (typeof input['KeyId'] !== 'string') throw new Error('ValidationException');
    return { ...snapshot, rotation: { isOn, days: isOn ? 365 : undefined } };
  };

export const kms: Effects = {
  // https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html
  cancelKeyDeletion: (snapshot) => {
    const key = { ...Object(snapshot['key']) };
    if (!/^Pending(Replica)?Deletion$/.test(key.state)) throw new Error('KMSInvalidStateException');
    return { ...snapshot, key: { ...key, state: 'Disabled' } };
  },
  putKeyPolicy: (snapshot, { Policy }) => ({ ...snapshot, policy: Policy }),
  enableKeyRotation: rotated(true),
  disableKeyRotation: rotated(false),
};
