import { loadBalancer } from '../../../lib/resources/elbv2/load-balancer.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(loadBalancer);

const facets = Object.keys(loadBalancer.facets);
const aws = awsForTests();
const read = async (id: string, ...wanted: string[]) => {
  const reading = await aws.reader().read(loadBalancer, refOf(id), wanted);
  return reading.gone ? 'gone' : reading.facets;
};
const made = { application: '', network: '' };
const prefix = `arn:aws:elasticloadbalancing:${region}:${accountId}:loadbalancer`;
const never = `${prefix}/app/never/0000000000000000`;

const subnets = async () => {
  const ec2 = await aws.clients()('ec2');
  const Filters = [{ Name: 'default-for-az', Values: ['true'] }];
  const { Subnets = [] } = await ec2.describeSubnets({ Filters });
  const byZone = Subnets.toSorted((a, b) =>
    String(a.AvailabilityZone) < String(b.AvailabilityZone) ? -1 : 1,
  );
  return byZone.flatMap(({ SubnetId = [] }) => SubnetId);
};

beforeAll(async () => {
  const elbv2 = await aws.clients()('elbv2');
  const [first = '', second = ''] = await subnets();
  const { LoadBalancers } = await elbv2.createLoadBalancer({
    Name: 'read-application',
    Subnets: [first, second],
    Tags: [{ Key: 'data', Value: 'secret' }],
  });
  made.application = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  const { Listeners } = await elbv2.createListener({
    LoadBalancerArn: made.application,
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: [
      { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', StatusCode: 'HTTP_301' } },
    ],
  });
  await elbv2.createRule({
    ListenerArn: Listeners?.[0]?.ListenerArn ?? '',
    Priority: 1,
    Conditions: [{ Field: 'path-pattern', Values: ['/health'] }],
    Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
  });
  await elbv2.createListener({
    LoadBalancerArn: made.application,
    Port: 443,
    Protocol: 'HTTPS',
    SslPolicy: 'ELBSecurityPolicy-2016-08',
    DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
  });
  const network = await elbv2.createLoadBalancer({
    Name: 'read-network',
    Subnets: [first],
    Type: 'network',
    Scheme: 'internal',
  });
  made.network = network.LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  await elbv2.modifyLoadBalancerAttributes({
    LoadBalancerArn: made.network,
    Attributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }],
  });
}, 60_000);

it('shows what an Application Load Balancer is, and has by default', async () => {
  const shown = await read(made.application, 'loadBalancer', 'zones', 'attributes');
  expect(shown).toEqual({
    loadBalancer: { value: { state: 'active', kind: 'application', isInternetFacing: true } },
    zones: { value: [`${region}a`, `${region}b`] },
    attributes: {
      value: {
        ...{ refusesDeletion: false, logsAccess: false, dropsInvalidHeaders: false },
        desyncMode: 'defensive',
      },
    },
  });
});

it('shows what a Network Load Balancer has none of', async () => {
  const shown = await read(made.network, 'loadBalancer', 'zones', 'attributes', 'listeners');
  expect(shown).toEqual({
    loadBalancer: { value: { state: 'active', kind: 'network', isInternetFacing: false } },
    zones: { value: [`${region}a`] },
    attributes: { value: { refusesDeletion: true, logsAccess: false } },
    listeners: { value: [] },
  });
});

it('shows its listeners, and what each rule of one of HTTP does', async () => {
  expect(await read(made.application, 'listeners')).toEqual({
    listeners: {
      value: [
        {
          ...{ port: 80, protocol: 'HTTP' },
          actions: [{ type: 'fixed-response' }, { type: 'redirect', to: 'HTTPS' }],
        },
        { port: 443, protocol: 'HTTPS', tlsPolicy: 'ELBSecurityPolicy-2016-08', actions: [] },
      ],
    },
  });
});

it.each(facets)('is gone when its %s is read and it is not there', async (facet) => {
  expect(await read(never, facet)).toBe('gone');
});

it('is denied to whoever may read nothing', async () => {
  const denied = { denied: expect.any(String) };
  expect(await deniedReading(loadBalancer, never)).toEqual(
    Object.fromEntries([...facets, 'about'].map((facet) => [facet, denied])),
  );
}, 60_000);

it('tells its ARN and tags, and is listed', async () => {
  expect(await read(made.application, 'about')).toEqual({
    about: { value: { arn: made.application, tags: { data: 'secret' } } },
  });
  const { resources } = await loadBalancer.live.list.page(aws.reader(), undefined);
  expect(resources.map(({ id }) => id)).toEqual(
    expect.arrayContaining([made.application, made.network]),
  );
  expect(made.network).toMatch(/:loadbalancer\/net\//);
});

const listener = `arn:aws:elasticloadbalancing:${region}:${accountId}:listener/net/orders/50dc6c495c0c9188/f2f7dc8efc522ab2`;
const itself = `${prefix}/net/orders/50dc6c495c0c9188`;
it.each<[string, string, object, unknown]>([
  ['its ARN', 'SetSubnets', { requestParameters: { loadBalancerArn: itself } }, [itself]],
  ['its listener', 'ModifyListener', { requestParameters: { listenerArn: listener } }, [itself]],
  [
    'a rule',
    'ModifyRule',
    {
      requestParameters: {
        ruleArn: `${listener.replace(':listener/', ':listener-rule/')}/9683b2d02a6cabee`,
      },
    },
    [itself],
  ],
  ['nothing', 'DeleteListener', { requestParameters: null }, 'all'],
  [
    'the name of a Classic Load Balancer',
    'DeleteLoadBalancer',
    { requestParameters: { loadBalancerName: 'orders' } },
    [],
  ],
  [
    'what is left out of the record of its creation',
    'CreateLoadBalancer',
    { requestParameters: { name: 'orders' }, responseElements: null },
    'all',
  ],
])('is named by %s', (_, eventName, detail, ids) => {
  const found = loadBalancer.live.announcements.find(
    (one) => one.via === 'cloudtrail' && eventName in one.calls,
  );
  expect(found?.idsIn({ eventName, awsRegion: region, ...detail }, accountId)).toEqual(ids);
});
