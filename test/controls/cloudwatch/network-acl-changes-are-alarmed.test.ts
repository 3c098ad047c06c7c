import { networkAclChangesAreAlarmed } from '../../../lib/controls/cloudwatch/network-acl-changes-are-alarmed.ts';
import { testControl } from '../harness.ts';
import { chainTable } from './trail-alarms.ts';

const table = chainTable({
  // As Security Hub's page of the control has it.
  matches:
    '{($.eventName=CreateNetworkAcl) || ($.eventName=CreateNetworkAclEntry) || ($.eventName=DeleteNetworkAcl) || ($.eventName=DeleteNetworkAclEntry) || ($.eventName=ReplaceNetworkAclEntry) || ($.eventName=ReplaceNetworkAclAssociation)}',
  misses:
    '{($.eventName = CreateNetworkAclEntry) || ($.eventName = DeleteNetworkAcl) || ($.eventName = DeleteNetworkAclEntry) || ($.eventName = ReplaceNetworkAclEntry) || ($.eventName = ReplaceNetworkAclAssociation)}',
});

testControl(networkAclChangesAreAlarmed, table);
