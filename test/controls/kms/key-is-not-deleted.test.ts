import { keyIsNotDeleted } from '../../../lib/controls/kms/key-is-not-deleted.ts';
import { testControl } from '../harness.ts';

const key = {
  manager: 'CUSTOMER',
  state: 'Enabled',
  spec: 'SYMMETRIC_DEFAULT',
  origin: 'AWS_KMS',
  multiRegion: undefined,
  primaryRegion: undefined,
} as const;
const plan = {
  risk: 'disruptive',
  calls: ['kms.cancelKeyDeletion'],
  undo: 'impossible',
  summary: /stays disabled/,
  input: { KeyId: 'example' },
} as const;

testControl(keyIsNotDeleted, {
  base: { key },
  rows: {
    'a key in use': { given: {}, verdict: 'PASS' },
    'a disabled key': { given: { key: { ...key, state: 'Disabled' } }, verdict: 'PASS' },
    'a key that waits for its deletion': {
      given: { key: { ...key, state: 'PendingDeletion' } },
      verdict: 'FAIL',
      evidence: ['key.state'],
      plan,
    },
    'a primary that waits for its replicas': {
      given: { key: { ...key, state: 'PendingReplicaDeletion' } },
      verdict: 'FAIL',
      plan,
    },
    'a key of AWS': { given: { key: { ...key, manager: 'AWS' } }, verdict: 'NOT_APPLICABLE' },
  },
});
