import { trailChangesAreAlarmed } from '../../../lib/controls/cloudwatch/trail-changes-are-alarmed.ts';
import { testControl } from '../harness.ts';
import { chainTable } from './trail-alarms.ts';

const table = chainTable({
  // As Security Hub's page of the control has it.
  matches:
    '{($.eventName=CreateTrail) || ($.eventName=UpdateTrail) || ($.eventName=DeleteTrail) || ($.eventName=StartLogging) || ($.eventName=StopLogging)}',
  misses:
    '{($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) || ($.eventName = StopLogging)}',
});

testControl(trailChangesAreAlarmed, table);
