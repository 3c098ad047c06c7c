import { verdictOf } from './checking.ts';

const template = (config: string, more = '') =>
  `Parameters: {Open: {Type: String}}\nResources:\n  It: {Type: 'AWS::CloudFront::Distribution', Properties: {DistributionConfig: ${config}}}\n${more}`;
const behavior = (policy: string) =>
  `DefaultCacheBehavior: {TargetOriginId: a, ViewerProtocolPolicy: ${policy}}`;
const origin = (more: string, name = 'site.s3.amazonaws.com') =>
  `Origins: [{Id: a, DomainName: ${name}, ${more}}]`;
const server = (policy: string) =>
  origin(`CustomOriginConfig: {OriginProtocolPolicy: ${policy}}`, 'shop.example.com');
const bucket = "  Site: {Type: 'AWS::S3::Bucket'}\n";

it.each<[name: string, config: string, control: string, verdict: string, more?: string]>([
  ['one that redirects', `{${behavior('redirect-to-https')}}`, 'CloudFront.3', 'PASS'],
  ['one that takes HTTP', `{${behavior('allow-all')}}`, 'CloudFront.3', 'FAIL'],
  [
    'a policy that who knows says',
    `{${behavior('!Ref Open')}}`,
    'CloudFront.3',
    'UNKNOWN it depends on the parameter Open, which has no default',
  ],
  ['no certificate', '{}', 'CloudFront.7', 'FAIL'],
  ['no security policy', '{}', 'CloudFront.15', 'FAIL'],
  [
    'a policy whose certificate is left out',
    '{ViewerCertificate: {MinimumProtocolVersion: TLSv1.2_2021}}',
    'CloudFront.15',
    'PASS',
  ],
  [
    'an old policy whose certificate is left out',
    '{ViewerCertificate: {MinimumProtocolVersion: TLSv1}}',
    'CloudFront.15',
    'FAIL',
  ],
  [
    'a policy whose certificate is left out',
    '{ViewerCertificate: {MinimumProtocolVersion: TLSv1.2_2021}}',
    'CloudFront.7',
    'FAIL',
  ],
  [
    'a policy with the certificate of CloudFront',
    '{ViewerCertificate: {CloudFrontDefaultCertificate: true, MinimumProtocolVersion: TLSv1.2_2021}}',
    'CloudFront.15',
    'FAIL',
  ],
  ['a certificate', '{ViewerCertificate: {AcmCertificateArn: !Ref Open}}', 'CloudFront.7', 'PASS'],
  ['no web ACL', '{}', 'CloudFront.6', 'FAIL'],
  ['a log without a bucket', '{Logging: {IncludeCookies: true}}', 'CloudFront.5', 'FAIL'],
  ['a log to an open bucket', '{Logging: {Bucket: !Ref Open}}', 'CloudFront.5', 'PASS'],
  [
    'a bucket that is set as a server',
    `{${origin('CustomOriginConfig: {OriginProtocolPolicy: https-only}')}}`,
    'CloudFront.13',
    'FAIL',
  ],
  ['a web ACL that is open', '{WebACLId: !Ref Open}', 'CloudFront.6', 'PASS'],
  ['a bucket without a root object', `{${origin('S3OriginConfig: {}')}}`, 'CloudFront.1', 'FAIL'],
  ['a bucket', `{${origin('OriginAccessControlId: !Ref Open')}}`, 'CloudFront.13', 'PASS'],
  ['a bucket without access control', `{${origin('S3OriginConfig: {}')}}`, 'CloudFront.13', 'FAIL'],
  [
    'a bucket of the template',
    `{${origin('S3OriginConfig: {}', '!GetAtt Site.RegionalDomainName')}}`,
    'CloudFront.13',
    'FAIL',
    bucket,
  ],
  [
    'a server of which nobody says how it is spoken to',
    `{${origin('CustomOriginConfig: {OriginSSLProtocols: [TLSv1.2]}', 'shop.example.com')}}`,
    'CloudFront.9',
    'FAIL',
  ],
  [
    'the bucket of long ago',
    '{S3Origin: {DNSName: site.s3.amazonaws.com}}',
    'CloudFront.13',
    'FAIL',
  ],
  [
    'the bucket of long ago',
    '{S3Origin: {DNSName: site.s3.amazonaws.com}}',
    'CloudFront.1',
    'FAIL',
  ],
  [
    'the server of long ago by HTTP',
    '{CustomOrigin: {DNSName: shop.example.com, OriginProtocolPolicy: http-only, OriginSSLProtocols: [TLSv1.2]}}',
    'CloudFront.9',
    'FAIL',
  ],
  [
    'the server of long ago by SSL 3',
    '{CustomOrigin: {DNSName: shop.example.com, OriginProtocolPolicy: https-only, OriginSSLProtocols: [SSLv3]}}',
    'CloudFront.10',
    'FAIL',
  ],
  [
    'the server of long ago by HTTPS',
    '{CustomOrigin: {DNSName: shop.example.com, OriginProtocolPolicy: https-only, OriginSSLProtocols: [TLSv1.2]}}',
    'CloudFront.9',
    'PASS',
  ],
  [
    'a bucket that is open',
    `{${origin('S3OriginConfig: {}', '!Ref Open')}}`,
    'CloudFront.13',
    'FAIL',
  ],
  [
    'a server that is open',
    `{${origin('CustomOriginConfig: {OriginProtocolPolicy: https-only}', '!Ref Open')}}`,
    'CloudFront.13',
    'NOT_APPLICABLE',
  ],
  ['a server by HTTP', `{${server('http-only')}}`, 'CloudFront.9', 'FAIL'],
  ['a server by HTTPS', `{${server('https-only')}}`, 'CloudFront.9', 'PASS'],
])('evaluates %s', async (_, config, control, expected, ...[more]) => {
  expect(await verdictOf(template(config, more), control, 'It')).toBe(expected);
});
