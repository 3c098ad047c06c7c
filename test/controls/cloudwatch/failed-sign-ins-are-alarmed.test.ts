import { failedSignInsAreAlarmed } from '../../../lib/controls/cloudwatch/failed-sign-ins-are-alarmed.ts';
import { testControl } from '../harness.ts';
import { chainTable } from './trail-alarms.ts';

const table = chainTable({
  // As Security Hub's page of the control has it.
  matches: '{($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication")}',
  misses:
    '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") && ($.userIdentity.userName = alice) }',
});

testControl(failedSignInsAreAlarmed, table);
