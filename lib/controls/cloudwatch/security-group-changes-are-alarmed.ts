import { alarmOn, calls } from './shared/trail-alarms.ts';

export const securityGroupChangesAreAlarmed = alarmOn(
  {
    id: 'CloudWatch.10',
    title: 'Ensure a log metric filter and alarm exist for security group changes',
    rationale: 'A rule of a group opens what was closed.',
    cis: '4.10',
    what: 'changes of security groups',
  },
  calls(
    'ec2',
    'AuthorizeSecurityGroupIngress',
    'AuthorizeSecurityGroupEgress',
    'RevokeSecurityGroupIngress',
    'RevokeSecurityGroupEgress',
    'CreateSecurityGroup',
    'DeleteSecurityGroup',
  ),
);
