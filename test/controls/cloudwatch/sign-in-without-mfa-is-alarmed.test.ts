import { signInWithoutMfaIsAlarmed } from '../../../lib/controls/cloudwatch/sign-in-without-mfa-is-alarmed.ts';
import { testControl } from '../harness.ts';
import { chainTable } from './trail-alarms.ts';

const table = chainTable({
  // As Security Hub's page of the control has it.
  matches:
    '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
  misses: '{ ($.eventName = ConsoleLogin) && ($.additionalEventData.MFAUsed = No) }',
});

testControl(signInWithoutMfaIsAlarmed, table);
