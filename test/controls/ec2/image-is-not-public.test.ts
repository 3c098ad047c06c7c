import { imageIsNotPublic } from '../../../lib/controls/ec2/image-is-not-public.ts';
import { testControl } from '../harness.ts';

const sharing = (groups: string[], accounts: string[] = []) => ({
  groups,
  accounts,
  organizations: [],
});
const plan = {
  risk: 'safe',
  calls: ['ec2.modifyImageAttribute'],
  input: { ImageId: 'example', OperationType: 'remove', UserGroups: ['all'] },
  undo: 'widens',
} as const;

testControl(imageIsNotPublic, {
  rows: {
    'nobody else may launch it': { given: { sharing: sharing([]) }, verdict: 'PASS' },
    'an account may': { given: { sharing: sharing([], ['111122223333']) }, verdict: 'PASS' },
    everybody: {
      given: { sharing: sharing(['all'], ['111122223333']) },
      verdict: 'FAIL',
      evidence: ['sharing.groups'],
      plan,
    },
  },
});
