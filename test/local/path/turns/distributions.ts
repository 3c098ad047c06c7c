import type {
  DefaultCacheBehavior,
  DistributionConfig,
  Origin,
  OriginProtocolPolicy,
  SslProtocol,
  ViewerCertificate,
} from '@aws-sdk/client-cloudfront';
import type { Clients } from '../../../../lib/aws/clients.ts';
import { account, nameOf, region, type Turn } from './turn.ts';

const ofBucket = (Id: string, bucket: string): Origin => ({
  ...{ Id, DomainName: `${bucket}.s3.us-east-1.amazonaws.com`, OriginAccessControlId: 'E1OAC' },
  S3OriginConfig: { OriginAccessIdentity: '' },
});
const ofServer = (
  OriginProtocolPolicy: OriginProtocolPolicy = 'https-only',
  ...Items: SslProtocol[]
): Origin => ({
  ...{ Id: 'shop', DomainName: 'shop.example.com' },
  CustomOriginConfig: {
    ...{ HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy },
    OriginSslProtocols: { Quantity: Items.length + 1, Items: ['TLSv1.2', ...Items] },
  },
});
const behavior: DefaultCacheBehavior = {
  ...{ TargetOriginId: 'site', ViewerProtocolPolicy: 'https-only', MinTTL: 0 },
  ForwardedValues: { QueryString: false, Cookies: { Forward: 'none' } },
};
const certificate: ViewerCertificate = {
  ACMCertificateArn: `arn:aws:acm:${region}:${account}:certificate/a1b2c3`,
  ...{ SSLSupportMethod: 'sni-only', MinimumProtocolVersion: 'TLSv1.2_2021' },
};
const logging = {
  Enabled: true,
  IncludeCookies: false,
  Bucket: 'logs.s3.amazonaws.com',
  Prefix: '',
};
const failover = {
  Quantity: 1,
  Items: [
    {
      Id: 'both',
      FailoverCriteria: { StatusCodes: { Quantity: 1, Items: [503] } },
      Members: { Quantity: 2, Items: [{ OriginId: 'site' }, { OriginId: 'mirror' }] },
    },
  ],
};

/** One of whom nothing is asked that it has not; its buckets have the name that it is called by. */
const configOf = (name: string): DistributionConfig => ({
  ...{ CallerReference: name, Comment: '', Enabled: true, DefaultRootObject: 'index.html' },
  Origins: {
    Quantity: 3,
    Items: [ofBucket('site', name), ofBucket('mirror', name), ofServer()],
  },
  ...{ OriginGroups: failover, DefaultCacheBehavior: behavior, Logging: logging },
  ...{ ViewerCertificate: certificate, WebACLId: 'a1b2c3' },
});

const origins = (...Items: Origin[]): Partial<DistributionConfig> => ({
  Origins: { Quantity: Items.length, Items },
});
const withServer = (...given: Parameters<typeof ofServer>) =>
  origins(ofBucket('site', 'orders'), ofBucket('mirror', 'orders'), ofServer(...given));

const distribution = (
  [control, ...also]: readonly [string, ...string[]],
  wrong: Partial<DistributionConfig>,
): Turn => {
  const set = async (clients: Clients, Id: string, differing: typeof wrong) => {
    const cloudfront = await clients('cloudfront');
    const { ETag, DistributionConfig } = await cloudfront.getDistributionConfig({ Id });
    await cloudfront.updateDistribution({
      ...{ Id, IfMatch: ETag },
      DistributionConfig: {
        ...configOf(DistributionConfig?.CallerReference ?? ''),
        ...differing,
      },
    });
  };
  return {
    ...{ control, also },
    type: 'AWS::CloudFront::Distribution',
    make: async (clients) => {
      const name = nameOf('turn');
      await (await clients('s3')).createBucket({ Bucket: name });
      const { Distribution } = await (await clients('cloudfront')).createDistribution({
        DistributionConfig: configOf(name),
      });
      return Distribution?.Id ?? '';
    },
    wrong: (clients, id) => set(clients, id, wrong),
    right: (clients, id) => set(clients, id, {}),
  };
};

export const distributionTurns: readonly Turn[] = [
  distribution(['CloudFront.1'], { DefaultRootObject: '' }),
  distribution(
    ['CloudFront.12'],
    origins(ofBucket('site', 'nobody-has-made-this-bucket'), ofServer()),
  ),
  distribution(['CloudFront.3', 'CloudFront.4', 'CloudFront.5', 'CloudFront.6'], {
    DefaultCacheBehavior: { ...behavior, ViewerProtocolPolicy: 'allow-all' },
    OriginGroups: { Quantity: 0 },
    Logging: { ...logging, Enabled: false },
    WebACLId: '',
  }),
  distribution(['CloudFront.7', 'CloudFront.15'], {
    ViewerCertificate: { CloudFrontDefaultCertificate: true },
  }),
  distribution(['CloudFront.8'], {
    ViewerCertificate: { ...certificate, SSLSupportMethod: 'vip' },
  }),
  distribution(['CloudFront.9'], withServer('http-only')),
  distribution(['CloudFront.10'], withServer('https-only', 'SSLv3')),
  distribution(
    ['CloudFront.13'],
    origins({ ...ofBucket('site', 'orders'), OriginAccessControlId: '' }, ofServer()),
  ),
];
