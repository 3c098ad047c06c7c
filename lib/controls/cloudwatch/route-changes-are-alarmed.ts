import { alarmOn, calls } from './shared/trail-alarms.ts';

export const routeChangesAreAlarmed = alarmOn(
  {
    id: 'CloudWatch.13',
    title: 'Ensure a log metric filter and alarm exist for route table changes',
    rationale: 'A route can lead traffic past what inspects it.',
    cis: '4.13',
    what: 'changes of route tables',
  },
  calls(
    'ec2',
    'CreateRoute',
    'CreateRouteTable',
    'ReplaceRoute',
    'ReplaceRouteTableAssociation',
    'DeleteRouteTable',
    'DeleteRoute',
    'DisassociateRouteTable',
  ),
);
