import {
  block,
  constant,
  declares,
  each,
  item,
  type Mappings,
  only,
  orElse,
  unlessEmpty,
} from '../mapping.ts';

const certificate = { id: 'arn', names: ['id', 'arn'] };

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
  // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/load_balancer_policy
  aws_load_balancer_policy: declares(
    'AWS::ElasticLoadBalancing::LoadBalancer',
    {
      OwnPolicies: item(
        {
          PolicyName: 'policy_name',
          PolicyType: 'policy_type_name',
          Attributes: each('policy_attribute', { Name: 'name', Value: 'value' }),
        },
        'policy_name',
      ),
    },
    { of: { by: 'load_balancer_name', name: 'LoadBalancerName' } },
  ),
  // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/load_balancer_listener_policy
  aws_load_balancer_listener_policy: declares(
    'AWS::ElasticLoadBalancing::LoadBalancer',
    {
      ListenerPolicies: item(
        { LoadBalancerPort: 'load_balancer_port', PolicyNames: 'policy_names' },
        'policy_names',
      ),
    },
    { of: { by: 'load_balancer_name', name: 'LoadBalancerName' } },
  ),
  // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb_ssl_negotiation_policy
  aws_lb_ssl_negotiation_policy: declares(
    'AWS::ElasticLoadBalancing::LoadBalancer',
    {
      OwnPolicies: item(
        {
          PolicyName: 'name',
          PolicyType: constant('SSLNegotiationPolicyType'),
          Attributes: each('attribute', { Name: 'name', Value: 'value' }),
        },
        'name',
      ),
      ListenerPolicies: item({ LoadBalancerPort: 'lb_port', PolicyNames: only('name') }, 'name'),
    },
    { of: { by: 'load_balancer', name: 'LoadBalancerName' } },
  ),
  aws_acm_certificate: declares('AWS::CertificateManager::Certificate', {}, certificate),
  aws_acm_certificate_validation: declares(
    'Plumbline::CertificateManager::Validation',
    { CertificateArn: 'certificate_arn' },
    { names: ['certificate_arn'] },
  ),
  aws_iam_server_certificate: declares(
    'AWS::IAM::ServerCertificate',
    { ServerCertificateName: 'name' },
    { id: 'arn', names: ['arn'] },
  ),
};
