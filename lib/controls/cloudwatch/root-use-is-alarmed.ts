import { clause } from './shared/filter-pattern.ts';
import { alarmOn } from './shared/trail-alarms.ts';

export const rootUseIsAlarmed = alarmOn(
  {
    id: 'CloudWatch.1',
    title: 'A log metric filter and alarm should exist for usage of the "root" user',
    rationale: 'Root may do everything, and nobody has to use it in the daily work.',
    cis: '4.3',
    what: 'the use of root',
  },
  [
    [
      clause('$.userIdentity.type', '=', 'Root'),
      clause('$.userIdentity.invokedBy', 'NOT EXISTS'),
      clause('$.eventType', '!=', 'AwsServiceEvent'),
    ],
  ],
);
