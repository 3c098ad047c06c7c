import { clause } from './shared/filter-pattern.ts';
import { alarmOn } from './shared/trail-alarms.ts';

export const failedSignInsAreAlarmed = alarmOn(
  {
    id: 'CloudWatch.6',
    title: 'An alarm should tell of failed console authentications',
    rationale: 'Many failed sign-ins are somebody who guesses a password.',
    cis: '4.6',
    what: 'failed sign-ins',
  },
  [
    [
      clause('$.eventName', '=', 'ConsoleLogin'),
      clause('$.errorMessage', '=', 'Failed authentication'),
    ],
  ],
);
