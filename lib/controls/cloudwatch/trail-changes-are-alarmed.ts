import { alarmOn, calls } from './shared/trail-alarms.ts';

export const trailChangesAreAlarmed = alarmOn(
  {
    id: 'CloudWatch.5',
    title: 'Ensure a log metric filter and alarm exist for CloudTrail configuration changes',
    rationale: 'Whoever stops a trail does not want to be seen.',
    cis: '4.5',
    what: 'changes of trails',
  },
  calls('cloudtrail', 'CreateTrail', 'UpdateTrail', 'DeleteTrail', 'StartLogging', 'StopLogging'),
);
