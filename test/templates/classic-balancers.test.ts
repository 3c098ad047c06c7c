import { verdictOf } from './checking.ts';

const of = (more: string) =>
  `Parameters: {Open: {Type: String}}\nResources:\n  It: {Type: 'AWS::ElasticLoadBalancing::LoadBalancer', Properties: {${more}}}\n`;
const listener = (protocol: string, more = '') =>
  `Listeners: [{LoadBalancerPort: '443', InstancePort: '80', Protocol: ${protocol}${more}}]`;
const policy = (name: string) =>
  `Policies: [{PolicyName: p, PolicyType: SSLNegotiationPolicyType, Attributes: [{Name: Reference-Security-Policy, Value: ${name}}]}]`;
const strong = 'ELBSecurityPolicy-TLS-1-2-2017-01';
const open = 'UNKNOWN it depends on the parameter Open, which has no default';

it.each<[name: string, template: string, control: string, verdict: string]>([
  ['a listener of HTTPS', of(listener('HTTPS')), 'ELB.3', 'PASS'],
  ['a listener of HTTP', of(listener('HTTP')), 'ELB.3', 'FAIL'],
  ['a protocol that who knows says', of(listener('!Ref Open')), 'ELB.3', open],
  [
    'a certificate of IAM',
    of(listener('HTTPS', ", SSLCertificateId: 'arn:aws:iam::123456789012:server-certificate/a'")),
    'ELB.2',
    'FAIL',
  ],
  [
    'a certificate that the template makes',
    `${of(listener('HTTPS', ', SSLCertificateId: !Ref Certificate'))}  Certificate: {Type: 'AWS::CertificateManager::Certificate', Properties: {DomainName: a.example.com}}\n`,
    'ELB.2',
    'PASS',
  ],
  ['no access log', of(listener('TCP')), 'ELB.5', 'FAIL'],
  ['an access log', of('AccessLoggingPolicy: {Enabled: true, S3BucketName: a}'), 'ELB.5', 'PASS'],
  [
    'an access log that is off',
    of('AccessLoggingPolicy: {Enabled: false, S3BucketName: a}'),
    'ELB.5',
    'FAIL',
  ],
  ['no draining', of(listener('TCP')), 'ELB.7', 'FAIL'],
  ['draining', of('ConnectionDrainingPolicy: {Enabled: true}'), 'ELB.7', 'PASS'],
  [
    'a strong policy',
    of(`${listener('SSL', ', PolicyNames: [p]')}, ${policy(strong)}`),
    'ELB.8',
    'PASS',
  ],
  ['a policy that no listener has', of(`${listener('SSL')}, ${policy(strong)}`), 'ELB.8', 'FAIL'],
  ['one zone', of('AvailabilityZones: [a]'), 'ELB.10', 'FAIL'],
  ['two subnets', of('Subnets: [a, b]'), 'ELB.10', 'PASS'],
  ['the mode by default', of(listener('HTTP')), 'ELB.14', 'PASS by default'],
])('evaluates %s', async (_, template, control, expected) => {
  expect(await verdictOf(template, control, 'It')).toBe(expected);
});
