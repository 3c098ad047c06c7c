import { unauthorizedCallsAreAlarmed } from '../../../lib/controls/cloudwatch/unauthorized-calls-are-alarmed.ts';
import { testControl } from '../harness.ts';
import { chainTable } from './trail-alarms.ts';

const table = chainTable({
  // As Security Hub's page of the control has it.
  matches: '{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}',
  misses: '{ ($.errorCode = AccessDenied*) }',
});

testControl(unauthorizedCallsAreAlarmed, table);
