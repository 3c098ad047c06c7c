import { trailValidatesLogFiles } from '../../../lib/controls/cloudtrail/trail-validates-log-files.ts';
import { testControl } from '../harness.ts';
import { hardened } from './trails.ts';

testControl(trailValidatesLogFiles, {
  rows: {
    'digests are written': { given: { trail: hardened }, verdict: 'PASS' },
    'no digests': {
      given: { trail: { ...hardened, validatesFiles: false } },
      verdict: 'FAIL',
      evidence: ['trail.validatesFiles'],
      plan: {
        risk: 'safe',
        calls: ['cloudtrail.updateTrail'],
        input: { Name: 'example', EnableLogFileValidation: true },
      },
    },
  },
});
