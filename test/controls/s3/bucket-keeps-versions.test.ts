import { bucketKeepsVersions } from '../../../lib/controls/s3/bucket-keeps-versions.ts';
import { testControl } from '../harness.ts';

testControl(bucketKeepsVersions, {
  rows: {
    'versioning is on': {
      given: { versioning: { status: 'Enabled', mfaDelete: undefined } },
      verdict: 'PASS',
    },
    'versioning is suspended': {
      given: { versioning: { status: 'Suspended', mfaDelete: 'Disabled' } },
      verdict: 'FAIL',
      reason: /suspended/,
      evidence: ['versioning.status'],
    },
    'versioning was never on': {
      given: { versioning: { status: undefined, mfaDelete: undefined } },
      verdict: 'FAIL',
      reason: /never/,
      evidence: ['versioning.status'],
    },
  },
});
