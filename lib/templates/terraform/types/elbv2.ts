import {
  declares,
  each,
  Made,
  type Mapping,
  type Mappings,
  orElse,
  type Properties,
  unlessEmpty,
} from '../mapping.ts';

/** Attributes of a load balancer that the provider has arguments for, with what it sets where nothing is written. */
const attributes: Readonly<Record<string, readonly [argument: string, value: unknown]>> = {
  'deletion_protection.enabled': ['enable_deletion_protection', false],
  'access_logs.s3.enabled': ['access_logs.0.enabled', false],
  'routing.http.drop_invalid_header_fields.enabled': ['drop_invalid_header_fields', false],
  'routing.http.desync_mitigation_mode': ['desync_mitigation_mode', 'defensive'],
};
const attributeList = new Made(
  ({ build, view }) =>
    Object.entries(attributes).map(([Key, [argument, value]]) => ({
      Key,
      Value: build(orElse(argument, value), view),
    })),
  'enable_deletion_protection',
);

const action: Properties = {
  Type: 'type',
  RedirectConfig: { Protocol: unlessEmpty('redirect.0.protocol') },
};

const balancer: Properties = {
  Name: 'name',
  // "Defaults to `application`".
  Type: orElse('load_balancer_type', 'application'),
  Scheme: new Made(({ build, view }) => {
    const internal = view.get('internal').tree();
    if (internal === true) return 'internal';
    return internal === false || internal === undefined
      ? 'internet-facing'
      : build('internal', view);
  }, 'internal'),
  Subnets: 'subnets',
  SubnetMappings: each('subnet_mapping', { SubnetId: 'subnet_id' }),
  LoadBalancerAttributes: attributeList,
};
const listener: Properties = {
  LoadBalancerArn: 'load_balancer_arn',
  Port: 'port',
  Protocol: unlessEmpty('protocol'),
  SslPolicy: unlessEmpty('ssl_policy'),
  DefaultActions: each('default_action', action),
};
const rule: Properties = { ListenerArn: 'listener_arn', Actions: each('action', action) };

const named = { id: 'arn', names: ['id', 'arn'] };
/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb */
const aws_lb: Mapping = declares('AWS::ElasticLoadBalancingV2::LoadBalancer', balancer, named);
const aws_lb_listener = declares('AWS::ElasticLoadBalancingV2::Listener', listener, named);
const aws_lb_listener_rule = declares('AWS::ElasticLoadBalancingV2::ListenerRule', rule);

/** Each has an older name, which the provider still takes. */
export const elbv2Types: Mappings = {
  aws_lb,
  aws_lb_listener,
  aws_lb_listener_rule,
  aws_alb: aws_lb,
  aws_alb_listener: aws_lb_listener,
  aws_alb_listener_rule: aws_lb_listener_rule,
};
