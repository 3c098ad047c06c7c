import { secretRotationSucceeds } from '../../../lib/controls/secretsmanager/secret-rotation-succeeds.ts';
import { testControl } from '../harness.ts';
import { deleted, life, primaryRegion, replicas, rotation } from './secrets.ts';

testControl(secretRotationSucceeds, {
  base: { life, primaryRegion, rotation },
  rows: {
    ...replicas,
    'the next rotation is to come': {
      given: {},
      verdict: 'PASS',
      recheckAt: new Date('2026-07-01T00:00:00Z'),
    },
    'no date is told': { given: { rotation: { ...rotation, next: undefined } }, verdict: 'PASS' },
    'the last one failed': {
      given: { rotation: { ...rotation, next: '2026-06-14T00:00:00.000Z' } },
      verdict: 'FAIL',
      evidence: ['rotation.next'],
    },
    'no rotation': {
      given: { rotation: { ...rotation, isOn: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'a secret that waits for its deletion': { given: { life: deleted }, verdict: 'NOT_APPLICABLE' },
  },
});
