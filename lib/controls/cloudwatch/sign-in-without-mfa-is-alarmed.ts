import { clause } from './shared/filter-pattern.ts';
import { alarmOn } from './shared/trail-alarms.ts';

export const signInWithoutMfaIsAlarmed = alarmOn(
  {
    id: 'CloudWatch.3',
    title: 'Ensure a log metric filter and alarm exist for Management Console sign-in without MFA',
    rationale: 'A password alone is what is stolen most.',
    what: 'sign-ins without MFA',
  },
  [
    [
      clause('$.eventName', '=', 'ConsoleLogin'),
      clause('$.additionalEventData.MFAUsed', '!=', 'Yes'),
      clause('$.userIdentity.type', '=', 'IAMUser'),
      clause('$.responseElements.ConsoleLogin', '=', 'Success'),
    ],
  ],
);
