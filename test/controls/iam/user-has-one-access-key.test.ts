import { userHasOneAccessKey } from '../../../lib/controls/iam/user-has-one-access-key.ts';
import { testControl } from '../harness.ts';

const key = (id: string, isActive = true) => ({
  id,
  isActive,
  createdAt: new Date('2026-01-01T00:00:00Z'),
});
const [first, second] = ['AKIAIOSFODNN7EXAMPLE', 'AKIAI44QH8DHBEXAMPLE'];

testControl(userHasOneAccessKey, {
  rows: {
    'no key': { given: { accessKeys: [] }, verdict: 'PASS' },
    'one key': { given: { accessKeys: [key(first)] }, verdict: 'PASS' },
    'one active key of two': {
      given: { accessKeys: [key(first), key(second, false)] },
      verdict: 'PASS',
    },
    'two active keys': {
      given: { accessKeys: [key(first), key(second)] },
      verdict: 'FAIL',
      evidence: ['accessKeys'],
    },
  },
});
