import { alarmOn, calls } from './shared/trail-alarms.ts';

export const configChangesAreAlarmed = alarmOn(
  {
    id: 'CloudWatch.9',
    title: 'Ensure a log metric filter and alarm exist for AWS Config configuration changes',
    rationale: 'Without its recorder nobody sees what a resource was like before.',
    cis: '4.9',
    what: 'changes of AWS Config',
  },
  calls(
    'config',
    'StopConfigurationRecorder',
    'DeleteDeliveryChannel',
    'PutDeliveryChannel',
    'PutConfigurationRecorder',
  ),
);
