import { secretRotates } from '../../../lib/controls/secretsmanager/secret-rotates.ts';
import { testControl } from '../harness.ts';
import { deleted, life, primaryRegion, replicas, rotation } from './secrets.ts';

const byRate = (schedule: string) => ({ ...rotation, everyDays: undefined, schedule });

testControl(secretRotates, {
  base: { life, primaryRegion, rotation },
  rows: {
    ...replicas,
    'every 30 days': { given: {}, verdict: 'PASS' },
    'not at all': {
      given: { rotation: { ...rotation, isOn: false } },
      verdict: 'FAIL',
      evidence: ['rotation.isOn'],
    },
    'by the service that owns it': {
      given: { rotation: { ...rotation, owner: 'rds', everyDays: undefined } },
      verdict: 'PASS',
    },
    'less often than is asked for': {
      given: {},
      parameters: { maximumAllowedRotationFrequency: 7 },
      verdict: 'FAIL',
      evidence: ['rotation.everyDays'],
    },
    'by a rate, as often as is asked for': {
      given: { rotation: byRate('rate(48 hours)') },
      parameters: { maximumAllowedRotationFrequency: 2 },
      verdict: 'PASS',
    },
    'by a cron expression, where a frequency is asked for': {
      given: { rotation: byRate('cron(0 0 1 * ? *)') },
      parameters: { maximumAllowedRotationFrequency: 7 },
      verdict: 'UNKNOWN',
    },
    'a secret that waits for its deletion': {
      given: { life: deleted, rotation: { ...rotation, isOn: false } },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
