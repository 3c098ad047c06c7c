import {
  call,
  defineControl,
  fail,
  notApplicable,
  pass,
  propose,
  unknown,
} from '../../model/control.ts';
import { kmsKey } from '../../resources/kms/kms-key.ts';

// KMS rotates by itself symmetric keys whose material it made, no others:
// https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
const whyNever = (key: {
  readonly manager: string | undefined;
  readonly spec: string | undefined;
  readonly origin: string | undefined;
}): string | undefined => {
  if (key.manager === 'AWS') return 'AWS rotates its own keys every year';
  if (key.spec !== 'SYMMETRIC_DEFAULT') return 'asymmetric and HMAC keys cannot be rotated by KMS';
  if (key.origin === 'EXTERNAL') return 'imported key material cannot be rotated by KMS';
  return key.origin === 'AWS_KMS'
    ? undefined
    : 'a key in a custom key store cannot be rotated by KMS';
};

export const keyRotates = defineControl(kmsKey, {
  id: 'KMS.4',
  title: 'AWS KMS key rotation should be enabled',
  severity: 'MEDIUM',
  rationale:
    'Data is encrypted with ever new key material, so one that leaks opens only a part of it.',
  standards: {
    'cis-aws-1.4.0': ['3.8'],
    'cis-aws-3.0.0': ['3.6'],
    'cis-aws-5.0.0': ['3.6'],
    'nist-800-53-r5': ['SC-12', 'SC-12(2)', 'SC-28(3)'],
    'pci-dss-4.0.1': ['3.7.4'],
  },
  needs: ['key', 'rotation'],
  evaluate({ key, rotation }) {
    const why = whyNever(key);
    if (why !== undefined) return notApplicable(why);
    if (/^Pending(Replica)?Deletion$/.test(key.state ?? ''))
      return notApplicable('the key is being deleted');
    // Its status stays as it was, but KMS does not rotate it (API reference, GetKeyRotationStatus).
    if (key.state === 'Disabled') return notApplicable('the key is disabled: nothing uses it');
    if (!rotation) return unknown(`KMS does not say whether the key, ${key.state}, is rotated`);
    if (rotation.isOn) return pass;
    return fail('automatic rotation is off', [
      { path: 'rotation.isOn', actual: false, expected: true },
    ]);
  },
  remediation: {
    advice:
      'Turn on automatic rotation. Old key material is kept, so what it encrypted stays readable, and no alias, policy or ARN changes.',
    grants: [
      { actions: ['kms:EnableKeyRotation', 'kms:DisableKeyRotation'], on: ({ arn }) => [arn] },
    ],
    plan: ({ key }, { ref: { id: KeyId, region } }) => {
      // A replica has the rotation of its primary, where alone it is set (API reference, EnableKeyRotation).
      if (key.multiRegion === 'REPLICA' && key.primaryRegion !== region)
        return propose(`rotation is set on the primary key, in ${key.primaryRegion}`);
      return {
        kind: 'calls',
        // https://aws.amazon.com/kms/pricing/: the first two rotations add to the monthly price of the key.
        risk: 'disruptive',
        summary: 'turns on yearly rotation, at the price of the key material that is kept',
        calls: [call('kms', 'enableKeyRotation', { KeyId })],
        undo: { calls: [call('kms', 'disableKeyRotation', { KeyId })], widensAccess: false },
      };
    },
  },
});
