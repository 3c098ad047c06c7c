import { verdictOf } from './checking.ts';

const zone = (properties: string, more = '') =>
  `Parameters: {Open: {Type: String}}\nResources:\n  It: {Type: 'AWS::Route53::HostedZone', Properties: {Name: shop.example, ${properties}}}\n${more}`;
const logging = (arn: string) => zone(`QueryLoggingConfig: {CloudWatchLogsLogGroupArn: ${arn}}`);
const group = "  Group: {Type: 'AWS::Logs::LogGroup'}\n";
const control = 'Route53.2';

it.each<[name: string, template: string, verdict: string]>([
  ['a public zone', zone(''), 'FAIL'],
  ['a zone whose VPCs are an empty list', zone('VPCs: []'), 'FAIL'],
  ['a zone of a VPC', zone('VPCs: [{VPCId: !Ref Open, VPCRegion: eu-west-1}]'), 'NOT_APPLICABLE'],
  [
    'a zone that logs',
    logging('arn:aws:logs:us-east-1:111122223333:log-group:/aws/route53/shop.example'),
    'PASS',
  ],
  ['a zone that logs to a group of the template', logging('!GetAtt Group.Arn') + group, 'PASS'],
  ['a zone that logs to a group that who knows says', logging('!Ref Open'), 'PASS'],
])('evaluates %s', async (_, template, expected) => {
  expect(await verdictOf(template, control, 'It')).toBe(expected);
});
