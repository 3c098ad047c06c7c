import { trailWritesToLogGroup } from '../../../lib/controls/cloudtrail/trail-writes-to-log-group.ts';
import { testControl } from '../harness.ts';
import { hardened } from './trails.ts';

testControl(trailWritesToLogGroup, {
  rows: {
    'a log group': { given: { trail: hardened }, verdict: 'PASS' },
    'no log group': {
      given: { trail: { ...hardened, logGroup: undefined } },
      verdict: 'FAIL',
      evidence: ['trail.logGroup'],
      plan: { proposal: /a log group costs/ },
    },
  },
});
