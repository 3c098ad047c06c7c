import { keyRotates } from '../../../lib/controls/kms/key-rotates.ts';
import { testControl } from '../harness.ts';

const key = {
  manager: 'CUSTOMER',
  state: 'Enabled',
  spec: 'SYMMETRIC_DEFAULT',
  origin: 'AWS_KMS',
  multiRegion: undefined,
  primaryRegion: undefined,
} as const;
const off = { isOn: false, days: undefined };
const plan = {
  risk: 'disruptive',
  calls: ['kms.enableKeyRotation'],
  input: { KeyId: 'example' },
} as const;

testControl(keyRotates, {
  base: { key, rotation: off },
  rows: {
    'rotation is off': {
      given: {},
      verdict: 'FAIL',
      evidence: ['rotation.isOn'],
      plan,
    },
    'rotation is on': { given: { rotation: { isOn: true, days: 365 } }, verdict: 'PASS' },
    'rotation is on, at a pace of its own': {
      given: { rotation: { isOn: true, days: 90 } },
      verdict: 'PASS',
    },
    'the primary of several regions': {
      given: { key: { ...key, multiRegion: 'PRIMARY', primaryRegion: 'us-east-1' } },
      verdict: 'FAIL',
      plan,
    },
    'a replica, whose rotation is its primary’s': {
      given: { key: { ...key, multiRegion: 'REPLICA', primaryRegion: 'eu-west-1' } },
      verdict: 'FAIL',
      plan: { proposal: /in eu-west-1/ },
    },
    'a replica whose primary is rotated': {
      given: {
        key: { ...key, multiRegion: 'REPLICA', primaryRegion: 'eu-west-1' },
        rotation: { isOn: true, days: 365 },
      },
      verdict: 'PASS',
    },
    'a key of AWS': { given: { key: { ...key, manager: 'AWS' } }, verdict: 'NOT_APPLICABLE' },
    'an asymmetric key': {
      given: { key: { ...key, spec: 'RSA_4096' }, rotation: undefined },
      verdict: 'NOT_APPLICABLE',
      reason: /asymmetric/,
    },
    'an HMAC key': {
      given: { key: { ...key, spec: 'HMAC_256' }, rotation: undefined },
      verdict: 'NOT_APPLICABLE',
    },
    'imported material': {
      given: { key: { ...key, origin: 'EXTERNAL' }, rotation: undefined },
      verdict: 'NOT_APPLICABLE',
      reason: /imported/,
    },
    'imported material that has not come yet': {
      given: { key: { ...key, origin: 'EXTERNAL', state: 'PendingImport' }, rotation: undefined },
      verdict: 'NOT_APPLICABLE',
    },
    'a custom key store': {
      given: { key: { ...key, origin: 'AWS_CLOUDHSM' }, rotation: undefined },
      verdict: 'NOT_APPLICABLE',
      reason: /custom key store/,
    },
    'an external key store': {
      given: { key: { ...key, origin: 'EXTERNAL_KEY_STORE' }, rotation: undefined },
      verdict: 'NOT_APPLICABLE',
    },
    'a key that waits for its deletion': {
      given: { key: { ...key, state: 'PendingDeletion' } },
      verdict: 'NOT_APPLICABLE',
      reason: /deleted/,
    },
    'a primary whose replicas are still there': {
      given: { key: { ...key, state: 'PendingReplicaDeletion' } },
      verdict: 'NOT_APPLICABLE',
    },
    'a disabled key': {
      given: { key: { ...key, state: 'Disabled' } },
      verdict: 'NOT_APPLICABLE',
      reason: /disabled/,
    },
    'a state in which KMS says nothing': {
      given: { key: { ...key, state: 'Creating' }, rotation: undefined },
      verdict: 'UNKNOWN',
    },
  },
});
