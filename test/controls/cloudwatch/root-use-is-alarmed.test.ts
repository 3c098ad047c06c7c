import { rootUseIsAlarmed } from '../../../lib/controls/cloudwatch/root-use-is-alarmed.ts';
import { testControl } from '../harness.ts';
import { chainTable } from './trail-alarms.ts';

const table = chainTable({
  // As Security Hub's page of the control has it.
  matches:
    '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
  misses: '{ $.userIdentity.type = Root && $.sourceIPAddress != 198.51.100.7 }',
});

testControl(rootUseIsAlarmed, table);
