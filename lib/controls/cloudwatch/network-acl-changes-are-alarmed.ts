import { alarmOn, calls } from './shared/trail-alarms.ts';

export const networkAclChangesAreAlarmed = alarmOn(
  {
    id: 'CloudWatch.11',
    title: 'An alarm should tell of changes to network ACLs',
    rationale: 'An entry of an ACL opens or cuts off whole subnets.',
    cis: '4.11',
    what: 'changes of network ACLs',
  },
  calls(
    'ec2',
    'CreateNetworkAcl',
    'CreateNetworkAclEntry',
    'DeleteNetworkAcl',
    'DeleteNetworkAclEntry',
    'ReplaceNetworkAclEntry',
    'ReplaceNetworkAclAssociation',
  ),
);
