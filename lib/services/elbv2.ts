import { defineService } from './service.ts';

const type = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const named = ['LoadBalancerArn', 'ResourceArns'];
const form = 'arn:{partition}:elasticloadbalancing:{region}:{account}';

/** Load balancers of the second kind; Classic Load Balancers have an API of their own, under the same names. */
export const elbv2 = defineService({
  sdk: () => import('@aws-sdk/client-elastic-load-balancing-v2'),
  client: ({ ElasticLoadBalancingV2 }, settings) => new ElasticLoadBalancingV2(settings),
  iam: 'elasticloadbalancing',
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/logging-using-cloudtrail.html
  eventSource: 'elasticloadbalancing.amazonaws.com',
  kinds: {
    // IAM checks calls of both APIs on the ARNs of both.
    loadbalancer: { arn: `${form}:loadbalancer/{id}` },
    'loadbalancer/app/': { arn: `${form}:loadbalancer/app/{id}`, type, named },
    'loadbalancer/net/': { arn: `${form}:loadbalancer/net/{id}`, type, named },
    'loadbalancer/gwy/': { arn: `${form}:loadbalancer/gwy/{id}`, type, named },
  },
  pages: [
    {
      tokens: ['NextMarker', 'Marker'],
      operations: [
        'describeListeners',
        'describeLoadBalancers',
        'describeRules',
        'describeTargetGroups',
      ],
    },
  ],
});
