import { bucketKeepsVersions } from '../../../lib/controls/s3/bucket-keeps-versions.ts';
import { testControl } from '../harness.ts';

const plan = { risk: 'disruptive', calls: ['s3.putBucketVersioning'] } as const;

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
      plan,
    },
    'versioning was never on': {
      given: { versioning: { status: undefined, mfaDelete: undefined } },
      verdict: 'FAIL',
      reason: /never/,
      evidence: ['versioning.status'],
      plan,
    },
    'versioning is suspended, and only the root user with its device may turn it on': {
      given: { versioning: { status: 'Suspended', mfaDelete: 'Enabled' } },
      verdict: 'FAIL',
      plan: { proposal: /MFA delete/ },
    },
  },
});
