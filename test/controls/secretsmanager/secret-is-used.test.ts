import { secretIsUsed } from '../../../lib/controls/secretsmanager/secret-is-used.ts';
import { testControl } from '../harness.ts';
import { deleted, life } from './secrets.ts';

testControl(secretIsUsed, {
  base: { life },
  rows: {
    'read yesterday': {
      given: {},
      verdict: 'PASS',
      recheckAt: new Date('2026-09-12T00:00:00Z'),
    },
    'read long ago': {
      given: { life: { ...life, lastAccessed: '2026-03-01T00:00:00.000Z' } },
      verdict: 'FAIL',
      evidence: ['life.lastAccessed'],
    },
    'a primary that only its replica’s readers use': {
      given: { life: { ...life, lastAccessed: undefined } },
      verdict: 'FAIL',
      reason: /in its region/,
    },
    'never read, and new': {
      given: { life: { ...life, created: '2026-06-01T00:00:00.000Z', lastAccessed: undefined } },
      verdict: 'PASS',
    },
    'never read': { given: { life: { ...life, lastAccessed: undefined } }, verdict: 'FAIL' },
    'a date that is not told': {
      given: { life: { ...life, created: undefined, lastAccessed: undefined } },
      verdict: 'UNKNOWN',
    },
    'a secret that waits for its deletion': { given: { life: deleted }, verdict: 'NOT_APPLICABLE' },
  },
});
