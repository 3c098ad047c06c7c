import { alarmOn, calls } from './shared/trail-alarms.ts';

export const vpcChangesAreAlarmed = alarmOn(
  {
    id: 'CloudWatch.14',
    title: 'Ensure a log metric filter and alarm exist for VPC changes',
    rationale: 'A peering connects a VPC with somebody else’s.',
    cis: '4.14',
    what: 'changes of VPCs',
  },
  calls(
    'ec2',
    'CreateVpc',
    'DeleteVpc',
    'ModifyVpcAttribute',
    'AcceptVpcPeeringConnection',
    'CreateVpcPeeringConnection',
    'DeleteVpcPeeringConnection',
    'RejectVpcPeeringConnection',
    'AttachClassicLinkVpc',
    'DetachClassicLinkVpc',
    'DisableVpcClassicLink',
    'EnableVpcClassicLink',
  ),
);
