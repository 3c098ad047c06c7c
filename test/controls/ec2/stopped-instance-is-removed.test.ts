import { stoppedInstanceIsRemoved } from '../../../lib/controls/ec2/stopped-instance-is-removed.ts';
import { testControl } from '../harness.ts';
import { running } from './instances.ts';

const stopped = (transition: string) => ({
  instance: { ...running, publicAddresses: [], state: 'stopped' as const, transition },
});

testControl(stoppedInstanceIsRemoved, {
  rows: {
    'it runs': {
      given: { instance: { ...running, publicAddresses: [] } },
      verdict: 'NOT_APPLICABLE',
    },
    'stopped yesterday': {
      given: stopped('User initiated (2026-06-14 12:00:00 GMT)'),
      verdict: 'PASS',
      recheckAt: new Date('2026-07-14T12:00:00Z'),
    },
    'stopped for thirty days': {
      given: stopped('User initiated (2026-05-16 12:00:00 GMT)'),
      verdict: 'FAIL',
      evidence: ['instance.transition'],
    },
    'stopped for two days, of which one is allowed': {
      given: stopped('User initiated (2026-06-13 12:00:00 GMT)'),
      parameters: { AllowedDays: 1 },
      verdict: 'FAIL',
    },
    'stopped from within, in other words': {
      given: stopped('Client.InstanceInitiatedShutdown: Instance initiated shutdown'),
      verdict: 'UNKNOWN',
    },
    'EC2 does not say when': { given: stopped(''), verdict: 'UNKNOWN' },
  },
});
