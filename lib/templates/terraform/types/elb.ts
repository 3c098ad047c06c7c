import { block, declares, each, type Mappings, orElse, unlessEmpty } from '../mapping.ts';

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/elb */
export const elbTypes: Mappings = {
  aws_elb: declares(
    'AWS::ElasticLoadBalancing::LoadBalancer',
    {
      LoadBalancerName: 'name',
      Listeners: each('listener', {
        LoadBalancerPort: 'lb_port',
        Protocol: 'lb_protocol',
        SSLCertificateId: unlessEmpty('ssl_certificate_id'),
      }),
      AvailabilityZones: unlessEmpty('availability_zones'),
      Subnets: unlessEmpty('subnets'),
      // "Default: `false`", "Default: `true`", "Defaults to `defensive`".
      ConnectionDrainingPolicy: { Enabled: orElse('connection_draining', false) },
      // Logs are on where there is a block, unless it says otherwise.
      AccessLoggingPolicy: block('access_logs', { Enabled: orElse('enabled', true) }),
      CrossZone: orElse('cross_zone_load_balancing', true),
      DesyncMitigationMode: orElse('desync_mitigation_mode', 'defensive'),
    },
    { names: ['id', 'name'] },
  ),
};
