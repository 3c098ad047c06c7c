import { keyRemovalsAreAlarmed } from '../../../lib/controls/cloudwatch/key-removals-are-alarmed.ts';
import { testControl } from '../harness.ts';
import { chainTable } from './trail-alarms.ts';

const table = chainTable({
  // As Security Hub's page of the control has it.
  matches:
    '{($.eventSource=kms.amazonaws.com) && (($.eventName=DisableKey) || ($.eventName=ScheduleKeyDeletion))}',
  misses: '{($.eventName = ScheduleKeyDeletion)}',
  isOnKeys: true,
});

testControl(keyRemovalsAreAlarmed, table);
