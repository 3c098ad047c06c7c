import { declares, each, type Mappings, unlessEmpty } from '../mapping.ts';

const hostedZone = 'AWS::Route53::HostedZone';

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route53_zone and route53_query_log */
export const route53Types: Mappings = {
  aws_route53_zone: declares(
    hostedZone,
    { Name: 'name', VPCs: each('vpc', { VPCId: unlessEmpty('vpc_id') }) },
    { id: 'zone_id', names: ['id', 'zone_id'] },
  ),
  aws_route53_query_log: declares(
    hostedZone,
    { QueryLoggingConfig: { CloudWatchLogsLogGroupArn: 'cloudwatch_log_group_arn' } },
    { of: { by: 'zone_id', name: 'Plumbline::Id', isWhole: true } },
  ),
};
