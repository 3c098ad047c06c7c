import { alarmOn, calls } from './shared/trail-alarms.ts';

export const gatewayChangesAreAlarmed = alarmOn(
  {
    id: 'CloudWatch.12',
    title: 'Ensure a log metric filter and alarm exist for changes to network gateways',
    rationale: 'A gateway lets a VPC reach the internet, and be reached.',
    cis: '4.12',
    what: 'changes of network gateways',
  },
  calls(
    'ec2',
    'CreateCustomerGateway',
    'DeleteCustomerGateway',
    'AttachInternetGateway',
    'CreateInternetGateway',
    'DeleteInternetGateway',
    'DetachInternetGateway',
  ),
);
