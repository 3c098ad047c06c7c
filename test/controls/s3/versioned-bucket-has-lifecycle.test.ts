import { versionedBucketHasLifecycle } from '../../../lib/controls/s3/versioned-bucket-has-lifecycle.ts';
import { testControl } from '../harness.ts';

const rule = { Status: 'Enabled', Filter: { Prefix: 'logs/' } } as const;

const plan = { proposal: /only the owner/ };

testControl(versionedBucketHasLifecycle, {
  base: { lifecycle: [rule], versioning: { status: 'Enabled', mfaDelete: undefined } },
  rows: {
    'a rule is enabled': { given: {}, verdict: 'PASS' },
    'one of two rules is enabled': {
      given: { lifecycle: [{ ...rule, Status: 'Disabled' }, rule] },
      verdict: 'PASS',
    },
    'every rule is disabled': {
      given: { lifecycle: [{ ...rule, Status: 'Disabled' }] },
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
    'versioning is suspended': {
      given: { lifecycle: undefined, versioning: { status: 'Suspended', mfaDelete: undefined } },
      verdict: 'NOT_APPLICABLE',
    },
    'versioning was never on': {
      given: { lifecycle: undefined, versioning: { status: undefined, mfaDelete: undefined } },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
