import type { CreateListenerInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Clients } from '../../../../lib/aws/clients.ts';
import { type Setting, turnOf } from './setting.ts';
import { account, nameOf, region, type Turn } from './turn.ts';

const ofIam = `arn:aws:iam::${account}:server-certificate/orders`;
const zones = [`${region}a`, `${region}b`];
const subnets = async (clients: Clients): Promise<readonly string[]> => {
  const { Subnets = [] } = await (await clients('ec2')).describeSubnets({
    Filters: [{ Name: 'default-for-az', Values: ['true'] }],
  });
  return Subnets.flatMap(({ SubnetId = [] }) => SubnetId).slice(0, 2);
};

const classic = {
  type: 'AWS::ElasticLoadBalancing::LoadBalancer',
  create: async (clients: Clients, LoadBalancerName: string) => {
    await (await clients('elb')).createLoadBalancer({
      ...{ LoadBalancerName, AvailabilityZones: zones },
      Listeners: [
        {
          ...{ Protocol: 'HTTPS', LoadBalancerPort: 443, InstancePort: 80 },
          ...{ InstanceProtocol: 'HTTP', SSLCertificateId: ofIam },
        },
      ],
    });
    return LoadBalancerName;
  },
};

const balancer = (Type: 'application' | 'network') => async (clients: Clients, name: string) => {
  const { LoadBalancers: [made] = [] } = await (await clients('elbv2')).createLoadBalancer({
    ...{ Name: name.slice(0, 32), Type, Subnets: [...(await subnets(clients))] },
  });
  return made?.LoadBalancerArn;
};
const second = {
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  create: balancer('application'),
};

const page = { Type: 'fixed-response' as const, FixedResponseConfig: { StatusCode: '404' } };
const redirect = {
  Type: 'redirect' as const,
  RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' as const },
};
/** Sets the only listener, which it makes where there is none yet. */
const listen = async (
  clients: Clients,
  LoadBalancerArn: string,
  asked: Omit<CreateListenerInput, 'LoadBalancerArn'>,
) => {
  const elbv2 = await clients('elbv2');
  const { Listeners: [found] = [] } = await elbv2.describeListeners({ LoadBalancerArn });
  await (found
    ? elbv2.modifyListener({ ListenerArn: found.ListenerArn, ...asked })
    : elbv2.createListener({ LoadBalancerArn, ...asked }));
};
const ofTls = (control: string, wrong: string): Setting => ({
  ...{ ...second, control },
  set: async (clients, id, isRight) =>
    listen(clients, id, {
      ...{ Protocol: 'HTTPS', Port: 443, Certificates: [{ CertificateArn: await certificate() }] },
      SslPolicy: isRight ? 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06' : wrong,
      DefaultActions: [page],
    }),
});

/** No service of the catalogue makes certificates: this is the call that the SDK makes. */
const certificate = async (): Promise<string> => {
  const answer = await fetch(process.env['PLUMBLINE_TEST_PATH'] ?? 'http://none', {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=mallory/20260101/${region}/acm/aws4_request, SignedHeaders=host, Signature=any`,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'CertificateManager.RequestCertificate',
    },
    body: JSON.stringify({ DomainName: 'orders.example.com' }),
  });
  return Object(await answer.json()).CertificateArn;
};

const settings: readonly Setting[] = [
  {
    ...second,
    control: 'ELB.1',
    set: (clients, id, isRight) =>
      listen(clients, id, {
        ...{ Protocol: 'HTTP', Port: 80, DefaultActions: [isRight ? redirect : page] },
      }),
  },
  {
    ...classic,
    control: 'ELB.2',
    set: async (clients, LoadBalancerName, isRight) =>
      (await clients('elb')).setLoadBalancerListenerSSLCertificate({
        ...{ LoadBalancerName, LoadBalancerPort: 443 },
        SSLCertificateId: isRight ? await certificate() : ofIam,
      }),
  },
  {
    ...second,
    control: 'ELB.5',
    create: async (clients, name) => {
      await (await clients('s3')).createBucket({ Bucket: name });
      return second.create(clients, name);
    },
    set: async (clients, LoadBalancerArn, isRight) =>
      (await clients('elbv2')).modifyLoadBalancerAttributes({
        LoadBalancerArn,
        Attributes: [
          { Key: 'access_logs.s3.enabled', Value: String(isRight) },
          { Key: 'access_logs.s3.bucket', Value: LoadBalancerArn.split('/').at(-2) ?? '' },
        ],
      }),
  },
  {
    ...classic,
    control: 'ELB.5',
    create: async (clients, name) => {
      await (await clients('s3')).createBucket({ Bucket: name });
      return classic.create(clients, name);
    },
    set: async (clients, LoadBalancerName, Enabled) =>
      (await clients('elb')).modifyLoadBalancerAttributes({
        LoadBalancerName,
        LoadBalancerAttributes: { AccessLog: { Enabled, S3BucketName: LoadBalancerName } },
      }),
  },
  {
    ...classic,
    control: 'ELB.8',
    set: async (clients, LoadBalancerName, isRight) => {
      const elb = await clients('elb');
      const PolicyName = nameOf('tls');
      const of = isRight ? 'ELBSecurityPolicy-TLS-1-2-2017-01' : 'ELBSecurityPolicy-2016-08';
      await elb.createLoadBalancerPolicy({
        ...{ LoadBalancerName, PolicyName, PolicyTypeName: 'SSLNegotiationPolicyType' },
        PolicyAttributes: [{ AttributeName: 'Reference-Security-Policy', AttributeValue: of }],
      });
      await elb.setLoadBalancerPoliciesOfListener({
        ...{ LoadBalancerName, LoadBalancerPort: 443, PolicyNames: [PolicyName] },
      });
    },
  },
  {
    ...classic,
    control: 'ELB.10',
    set: async (clients, LoadBalancerName, isRight) => {
      const elb = await clients('elb');
      const asked = { LoadBalancerName, AvailabilityZones: zones.slice(1) };
      return isRight
        ? elb.enableAvailabilityZonesForLoadBalancer(asked)
        : elb.disableAvailabilityZonesForLoadBalancer(asked);
    },
  },
  {
    ...second,
    control: 'ELB.13',
    create: balancer('network'),
    set: async (clients, LoadBalancerArn, isRight) => {
      const Subnets = (await subnets(clients)).slice(0, isRight ? 2 : 1);
      return (await clients('elbv2')).setSubnets({ LoadBalancerArn, Subnets });
    },
  },
  ofTls('ELB.17', 'ELBSecurityPolicy-TLS13-1-2-2021-06'),
  ofTls('PL.ELB.1', 'ELBSecurityPolicy-2016-08'),
];

const plain = { Protocol: 'HTTP' as const, LoadBalancerPort: 80, InstancePort: 80 };

export const balancerTurns: readonly Turn[] = [
  ...settings.map(turnOf),
  {
    control: 'ELB.3',
    type: classic.type,
    make: (clients) => classic.create(clients, nameOf('turn')),
    wrong: async (clients, LoadBalancerName) =>
      (await clients('elb')).createLoadBalancerListeners({ LoadBalancerName, Listeners: [plain] }),
    right: async (clients, LoadBalancerName) =>
      (await clients('elb')).deleteLoadBalancerListeners({
        ...{ LoadBalancerName, LoadBalancerPorts: [80] },
      }),
  },
  {
    control: 'ELB.18',
    type: second.type,
    make: async (clients) => {
      const id = (await second.create(clients, nameOf('turn'))) ?? '';
      const Certificates = [{ CertificateArn: ofIam }];
      await listen(clients, id, {
        ...{ Protocol: 'HTTPS', Port: 443, Certificates, DefaultActions: [page] },
      });
      return id;
    },
    wrong: async (clients, LoadBalancerArn) =>
      (await clients('elbv2')).createListener({
        ...{ LoadBalancerArn, Protocol: 'HTTP', Port: 80, DefaultActions: [page] },
      }),
    right: async (clients, LoadBalancerArn) => {
      const elbv2 = await clients('elbv2');
      const { Listeners = [] } = await elbv2.describeListeners({ LoadBalancerArn });
      for (const { ListenerArn, Port } of Listeners)
        if (Port === 80) await elbv2.deleteListener({ ListenerArn });
    },
  },
];
