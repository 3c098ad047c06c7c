import { consoleUserWasMadeWithoutKey } from '../../../lib/controls/iam/console-user-was-made-without-key.ts';
import { testControl } from '../harness.ts';
import { servesItself } from './shared/identities.ts';

const createdAt = new Date('2026-06-01T12:00:00Z');
const key = (at: string, more: object = {}) => ({
  id: 'AKIAIOSFODNN7EXAMPLE',
  isActive: true,
  createdAt: new Date(at),
  lastUsedAt: undefined,
  ...more,
});
const loginProfile = { createdAt };
const given = (...accessKeyUse: readonly ReturnType<typeof key>[]) => ({ accessKeyUse });

testControl(consoleUserWasMadeWithoutKey, {
  base: { createdAt, loginProfile, accessKeyUse: [], privileges: servesItself },
  rows: {
    'no key': { given: {}, verdict: 'PASS' },
    'a key that was made with the user': {
      given: given(key('2026-06-01T12:00:02Z')),
      verdict: 'FAIL',
      evidence: ['accessKeyUse.AKIA…MPLE.lastUsedAt'],
      plan: { risk: 'disruptive', calls: ['iam.updateAccessKey'], undo: 'widens' },
    },
    'one that nobody has used for 45 days': {
      given: {
        createdAt: new Date('2026-01-01T00:00:00Z'),
        ...given(key('2026-01-01T00:00:10Z')),
      },
      verdict: 'FAIL',
      plan: { risk: 'safe', calls: ['iam.updateAccessKey'], undo: 'widens' },
    },
    'a key that was used': {
      given: given(key('2026-06-01T12:00:02Z', { lastUsedAt: new Date('2026-06-02T00:00:00Z') })),
      verdict: 'PASS',
    },
    'a key that is not active': {
      given: given(key('2026-06-01T12:00:02Z', { isActive: false })),
      verdict: 'PASS',
    },
    'a key that was asked for later': {
      given: given(key('2026-06-01T13:00:00Z')),
      verdict: 'PASS',
    },
    'a user of a machine, without a password': {
      given: { loginProfile: undefined, ...given(key('2026-06-01T12:00:02Z')) },
      verdict: 'PASS',
    },
  },
});
