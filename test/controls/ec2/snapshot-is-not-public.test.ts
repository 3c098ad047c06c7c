import { snapshotIsNotPublic } from '../../../lib/controls/ec2/snapshot-is-not-public.ts';
import { testControl } from '../harness.ts';

const sharing = (groups: string[], accounts: string[] = []) => ({
  groups,
  accounts,
  organizations: [],
});
const block = (state: 'block-all-sharing' | 'block-new-sharing' | 'unblocked') => ({
  publicBlock: { state, managedBy: 'account' as const },
});
const plan = {
  risk: 'safe',
  calls: ['ec2.modifySnapshotAttribute'],
  input: { SnapshotId: 'example', OperationType: 'remove', GroupNames: ['all'] },
  undo: 'widens',
} as const;

testControl(snapshotIsNotPublic, {
  base: { sharing: sharing([]), ...block('unblocked') },
  rows: {
    'nobody else may use it': { given: {}, verdict: 'PASS' },
    'two accounts may': {
      given: { sharing: sharing([], ['111122223333', '444455556666']) },
      verdict: 'PASS',
    },
    everybody: {
      given: { sharing: sharing(['all']) },
      verdict: 'FAIL',
      evidence: ['sharing.groups'],
      plan,
    },
    'everybody, beside an account, which stays': {
      given: { sharing: sharing(['all'], ['111122223333']) },
      verdict: 'FAIL',
      reason: /any AWS account/,
      plan,
    },
    'everybody, and new sharing is blocked: what was public stays so': {
      given: { sharing: sharing(['all']), ...block('block-new-sharing') },
      verdict: 'FAIL',
      plan,
    },
    'everybody by the attribute, whom the region keeps out': {
      given: { sharing: sharing(['all']), ...block('block-all-sharing') },
      verdict: 'PASS',
    },
    'everybody, and what the region keeps out is not said': {
      given: { sharing: sharing(['all']), publicBlock: { state: undefined, managedBy: undefined } },
      verdict: 'FAIL',
      plan,
    },
  },
});
