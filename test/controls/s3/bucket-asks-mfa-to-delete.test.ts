import { bucketAsksMfaToDelete } from '../../../lib/controls/s3/bucket-asks-mfa-to-delete.ts';
import { testControl } from '../harness.ts';

const rule = { ID: 'a', Status: 'Enabled', Filter: {} } as const;

testControl(bucketAsksMfaToDelete, {
  base: { lifecycle: undefined, versioning: { status: 'Enabled', mfaDelete: 'Enabled' } },
  rows: {
    'MFA delete is on': { given: {}, verdict: 'PASS' },
    'MFA delete is off': {
      given: { versioning: { status: 'Enabled', mfaDelete: 'Disabled' } },
      verdict: 'FAIL',
      evidence: ['versioning.mfaDelete'],
    },
    'MFA delete was never set': {
      given: { versioning: { status: 'Enabled', mfaDelete: undefined } },
      verdict: 'FAIL',
      evidence: ['versioning.mfaDelete'],
    },
    'a bucket without versioning': {
      given: { versioning: { status: undefined, mfaDelete: undefined } },
      verdict: 'FAIL',
      evidence: ['versioning.mfaDelete'],
    },
    'a lifecycle configuration rules it out': {
      given: {
        lifecycle: [rule],
        versioning: { status: 'Enabled', mfaDelete: undefined },
      },
      verdict: 'NOT_APPLICABLE',
    },
    'a lifecycle configuration whose rules are all disabled rules it out too': {
      given: {
        lifecycle: [{ ...rule, Status: 'Disabled' }],
        versioning: { status: 'Enabled', mfaDelete: undefined },
      },
      verdict: 'NOT_APPLICABLE',
    },
    'a lifecycle configuration without rules is none': {
      given: { lifecycle: [], versioning: { status: 'Enabled', mfaDelete: undefined } },
      verdict: 'FAIL',
    },
  },
});
