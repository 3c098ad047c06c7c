import { classicLoadBalancer } from '../../../lib/resources/elb/classic-load-balancer.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(classicLoadBalancer);

const facets = Object.keys(classicLoadBalancer.facets);
const aws = awsForTests();
const read = async (id: string, ...wanted: string[]) => {
  const reading = await aws.reader().read(classicLoadBalancer, refOf(id), wanted);
  return reading.gone ? 'gone' : reading.facets;
};
const [full, bare] = ['read-classic', 'read-classic-bare'];
const strong = 'ELBSecurityPolicy-TLS-1-2-2017-01';

beforeAll(async () => {
  const elb = await aws.clients()('elb');
  const { ServerCertificateMetadata: uploaded } = await (
    await aws.clients()('iam')
  ).uploadServerCertificate({
    ...{ ServerCertificateName: 'read-classic', CertificateBody: 'a', PrivateKey: 'b' },
  });
  await elb.createLoadBalancer({
    LoadBalancerName: full,
    AvailabilityZones: [`${region}a`, `${region}b`],
    Listeners: [
      {
        ...{ Protocol: 'HTTPS', LoadBalancerPort: 443, InstancePort: 80 },
        SSLCertificateId: uploaded?.Arn,
      },
      { Protocol: 'TCP', LoadBalancerPort: 25, InstancePort: 25 },
    ],
    Tags: [{ Key: 'data', Value: 'secret' }],
  });
  await elb.createLoadBalancerPolicy({
    ...{ LoadBalancerName: full, PolicyName: 'strict', PolicyTypeName: 'SSLNegotiationPolicyType' },
    PolicyAttributes: [{ AttributeName: 'Reference-Security-Policy', AttributeValue: strong }],
  });
  await elb.setLoadBalancerPoliciesOfListener({
    ...{ LoadBalancerName: full, LoadBalancerPort: 443, PolicyNames: ['strict'] },
  });
  await elb.modifyLoadBalancerAttributes({
    LoadBalancerName: full,
    LoadBalancerAttributes: {
      AccessLog: { Enabled: true, S3BucketName: 'read-classic-logs', EmitInterval: 60 },
      ConnectionDraining: { Enabled: true, Timeout: 60 },
      CrossZoneLoadBalancing: { Enabled: true },
    },
  });
  await elb.createLoadBalancer({
    LoadBalancerName: bare,
    AvailabilityZones: [`${region}a`],
    Listeners: [{ Protocol: 'HTTP', LoadBalancerPort: 80, InstancePort: 80 }],
  });
}, 60_000);

it('shows its listeners with their policies, and its zones', async () => {
  expect(await read(full, 'listeners', 'zones', 'tlsPolicies')).toEqual({
    listeners: {
      value: [
        { port: 443, protocol: 'HTTPS', isOfAcm: false, policies: ['strict'] },
        { port: 25, protocol: 'TCP', isOfAcm: undefined, policies: [] },
      ],
    },
    zones: { value: [`${region}a`, `${region}b`] },
    tlsPolicies: { value: [{ name: 'strict', predefined: strong }] },
  });
});

it('shows its kind', async () => {
  expect(await read(full, 'loadBalancer')).toEqual({
    loadBalancer: { value: { kind: 'classic' } },
  });
});

it('shows what is set on it, and what AWS sets', async () => {
  expect(await read(full, 'attributes')).toMatchObject({
    attributes: { value: { drains: true, crossesZones: true, logsAccess: true } },
  });
  expect(await read(bare, 'attributes')).toEqual({
    attributes: {
      value: { drains: false, crossesZones: false, logsAccess: false, desyncMode: 'defensive' },
    },
  });
});

it.each(facets)('is gone when its %s is read and it is not there', async (facet) => {
  expect(await read('never-made', facet)).toBe('gone');
});

it('is denied to whoever may read nothing', async () => {
  const denied = { denied: expect.any(String) };
  expect(await deniedReading(classicLoadBalancer, 'example')).toEqual(
    Object.fromEntries([...facets, 'about'].map((facet) => [facet, denied])),
  );
}, 60_000);

it('tells its ARN and tags, and is listed', async () => {
  const arn = `arn:aws:elasticloadbalancing:${region}:${accountId}:loadbalancer/${full}`;
  expect(await read(full, 'about')).toEqual({
    about: { value: { arn, tags: { data: 'secret' } } },
  });
  const { resources } = await classicLoadBalancer.live.list.page(aws.reader(), undefined);
  expect(resources.map(({ id }) => id)).toEqual(expect.arrayContaining([full, bare]));
});

it.each<[string, object, unknown]>([
  ['its name', { requestParameters: { loadBalancerName: 'orders' } }, ['orders']],
  [
    'the ARN of one of the second kind',
    {
      requestParameters: {
        loadBalancerArn: `arn:aws:elasticloadbalancing:${region}:${accountId}:loadbalancer/app/a/1`,
      },
    },
    [],
  ],
  ['the name that one of the second kind gets', { requestParameters: { name: 'orders' } }, []],
])('is named by %s', (_, detail, ids) => {
  const [announcement] = classicLoadBalancer.live.announcements;
  expect(
    announcement?.idsIn({ eventName: 'Update', awsRegion: region, ...detail }, accountId),
  ).toEqual(ids);
});
