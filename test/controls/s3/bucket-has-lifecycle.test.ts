import { bucketHasLifecycle } from '../../../lib/controls/s3/bucket-has-lifecycle.ts';
import { testControl } from '../harness.ts';

const expires = { Status: 'Enabled', Expiration: { Days: 365 } } as const;
const moves = {
  Status: 'Enabled',
  Transitions: [
    { Days: 30, StorageClass: 'STANDARD_IA' },
    { Days: 90, StorageClass: 'GLACIER' },
  ],
} as const;
const off = { ...expires, Status: 'Disabled' } as const;

const plan = { proposal: /only the owner/ };

testControl(bucketHasLifecycle, {
  base: { lifecycle: [{ ...expires }, { ...moves, Transitions: [...moves.Transitions] }] },
  rows: {
    'a rule is enabled, and nothing is asked of it': { given: {}, verdict: 'PASS' },
    'every rule is disabled': {
      given: { lifecycle: [off] },
      verdict: 'FAIL',
      plan,
      evidence: ['lifecycle'],
    },
    'no lifecycle configuration': {
      given: { lifecycle: undefined },
      verdict: 'FAIL',
      plan,
      evidence: ['lifecycle'],
    },
    'objects are deleted when they should be': {
      given: {},
      parameters: { targetExpirationDays: 365 },
      verdict: 'PASS',
    },
    'objects are deleted at another time': {
      given: {},
      parameters: { targetExpirationDays: 30 },
      verdict: 'FAIL',
      plan,
      evidence: ['lifecycle.Expiration.Days'],
    },
    'only a disabled rule deletes when it should': {
      given: { lifecycle: [off, { ...moves, Transitions: [...moves.Transitions] }] },
      parameters: { targetExpirationDays: 365 },
      verdict: 'FAIL',
      plan,
      evidence: ['lifecycle.Expiration.Days'],
    },
    'objects are moved when and where they should be': {
      given: {},
      parameters: { targetTransitionDays: 90, targetTransitionStorageClass: 'GLACIER' },
      verdict: 'PASS',
    },
    'time and class of two different moves': {
      given: {},
      parameters: { targetTransitionDays: 30, targetTransitionStorageClass: 'GLACIER' },
      verdict: 'FAIL',
      plan,
      evidence: ['lifecycle.Transitions'],
    },
    'any class at the right time': {
      given: {},
      parameters: { targetTransitionDays: 30 },
      verdict: 'PASS',
    },
    'the right class at any time': {
      given: {},
      parameters: { targetTransitionStorageClass: 'STANDARD_IA' },
      verdict: 'PASS',
    },
    'neither moved nor deleted as asked': {
      given: { lifecycle: [{ Status: 'Enabled', NoncurrentVersionExpiration: {} }] },
      parameters: { targetTransitionDays: 30, targetExpirationDays: 365 },
      verdict: 'FAIL',
      plan,
      reason: /transition and the expiration/,
      evidence: ['lifecycle.Transitions', 'lifecycle.Expiration.Days'],
    },
    'moved on a date, where days are asked for': {
      given: {
        lifecycle: [
          {
            Status: 'Enabled',
            Transitions: [{ Date: new Date('2027-01-01'), StorageClass: 'GLACIER' }],
          },
        ],
      },
      parameters: { targetTransitionDays: 30 },
      verdict: 'FAIL',
      plan,
      evidence: ['lifecycle.Transitions'],
    },
  },
});
