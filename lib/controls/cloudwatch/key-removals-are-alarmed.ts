import { alarmOn, calls } from './shared/trail-alarms.ts';

export const keyRemovalsAreAlarmed = alarmOn(
  {
    id: 'CloudWatch.7',
    title: 'An alarm should tell of KMS keys that are disabled or scheduled for deletion',
    rationale: 'Without its key what is encrypted is lost.',
    cis: '4.7',
    what: 'keys that are disabled or deleted',
  },
  calls('kms', 'DisableKey', 'ScheduleKeyDeletion'),
);
