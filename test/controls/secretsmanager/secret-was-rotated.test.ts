import { secretWasRotated } from '../../../lib/controls/secretsmanager/secret-was-rotated.ts';
import { testControl } from '../harness.ts';
import { deleted, life, primaryRegion, replicas, rotation } from './secrets.ts';

const never = { ...rotation, isOn: false, last: undefined, next: undefined };

testControl(secretWasRotated, {
  base: { life, primaryRegion, rotation },
  rows: {
    ...replicas,
    'two weeks ago': {
      given: {},
      verdict: 'PASS',
      recheckAt: new Date('2026-08-30T00:00:00Z'),
    },
    'longer ago than is asked for': {
      given: {},
      parameters: { maxDaysSinceRotation: 7 },
      verdict: 'FAIL',
      evidence: ['rotation.last'],
    },
    never: { given: { rotation: never }, verdict: 'FAIL' },
    'never, and new': {
      given: { rotation: never, life: { ...life, created: '2026-06-01T00:00:00.000Z' } },
      verdict: 'PASS',
    },
    'a date that is not told': {
      given: { rotation: never, life: { ...life, created: undefined } },
      verdict: 'UNKNOWN',
    },
    'a secret that waits for its deletion': { given: { life: deleted }, verdict: 'NOT_APPLICABLE' },
  },
});
