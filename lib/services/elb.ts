import { defineService } from './service.ts';

/** Classic Load Balancers, whose API has its own version of the names that those of the second kind have. */
export const elb = defineService({
  sdk: () => import('@aws-sdk/client-elastic-load-balancing'),
  client: ({ ElasticLoadBalancing }, settings) => new ElasticLoadBalancing(settings),
  iam: 'elasticloadbalancing',
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/logging-using-cloudtrail.html
  eventSource: 'elasticloadbalancing.amazonaws.com',
  kinds: {
    loadbalancer: {
      arn: 'arn:{partition}:elasticloadbalancing:{region}:{account}:loadbalancer/{id}',
      type: 'AWS::ElasticLoadBalancing::LoadBalancer',
      named: ['LoadBalancerName', 'LoadBalancerNames'],
    },
    // IAM checks calls of both APIs on the ARNs of both.
    'loadbalancer/app/': {
      arn: 'arn:{partition}:elasticloadbalancing:{region}:{account}:loadbalancer/app/{id}',
    },
    'loadbalancer/net/': {
      arn: 'arn:{partition}:elasticloadbalancing:{region}:{account}:loadbalancer/net/{id}',
    },
    'loadbalancer/gwy/': {
      arn: 'arn:{partition}:elasticloadbalancing:{region}:{account}:loadbalancer/gwy/{id}',
    },
  },
  pages: [{ tokens: ['NextMarker', 'Marker'], operations: ['describeLoadBalancers'] }],
});
