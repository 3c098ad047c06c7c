import { regionBlocksPublicSnapshots } from '../../../lib/controls/ec2/region-blocks-public-snapshots.ts';
import { testControl } from '../harness.ts';

const managedBy = 'account';
const plan = {
  risk: 'disruptive',
  calls: ['ec2.enableSnapshotBlockPublicAccess'],
  input: { State: 'block-all-sharing' },
  undo: 'widens',
} as const;

testControl(regionBlocksPublicSnapshots, {
  rows: {
    'all sharing is blocked': {
      given: { snapshotBlock: { state: 'block-all-sharing', managedBy } },
      verdict: 'PASS',
    },
    'only new sharing is blocked': {
      given: { snapshotBlock: { state: 'block-new-sharing', managedBy } },
      verdict: 'FAIL',
      reason: /before the block/,
      plan,
    },
    'nothing is blocked': {
      given: { snapshotBlock: { state: 'unblocked', managedBy } },
      verdict: 'FAIL',
      evidence: ['snapshotBlock.state'],
      plan,
    },
    'the organization lets them be shared': {
      given: { snapshotBlock: { state: 'unblocked', managedBy: 'declarative-policy' } },
      verdict: 'FAIL',
      plan: { proposal: /organization/ },
    },
  },
});
