import { clause } from './shared/filter-pattern.ts';
import { alarmOn } from './shared/trail-alarms.ts';

export const unauthorizedCallsAreAlarmed = alarmOn(
  {
    id: 'CloudWatch.2',
    title: 'Ensure a log metric filter and alarm exist for unauthorized API calls',
    rationale: 'Whoever tries out what stolen credentials may do is denied often.',
    what: 'calls that were denied',
  },
  [
    [clause('$.errorCode', '=', '*UnauthorizedOperation')],
    [clause('$.errorCode', '=', 'AccessDenied*')],
  ],
);
