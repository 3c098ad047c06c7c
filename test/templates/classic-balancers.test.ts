import { verdictOf } from './checking.ts';
import { planOf, verdictIn, type Written } from './terraform/plans.ts';

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
  [
    'a certificate of IAM that the template makes',
    `${of(listener('HTTPS', ', SSLCertificateId: !GetAtt Own.Arn'))}  Own: {Type: 'AWS::IAM::ServerCertificate', Properties: {CertificateBody: a}}\n`,
    'ELB.2',
    'FAIL',
  ],
  [
    'a certificate that who knows says',
    of(listener('HTTPS', ', SSLCertificateId: !Ref Open')),
    'ELB.2',
    open,
  ],
  [
    'a certificate of ACM of an id that is not known',
    of(
      listener(
        'HTTPS',
        ', SSLCertificateId: !Sub "arn:aws:acm:us-east-1:123456789012:certificate/${Open}"',
      ),
    ),
    'ELB.2',
    'PASS',
  ],
  ['a listener of HTTPS without a certificate', of(listener('HTTPS')), 'ELB.2', 'FAIL'],
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

const elb = (from: string, attribute: string): Written => ({
  address: 'aws_elb.it',
  values: { listener: [{ lb_port: 443, lb_protocol: 'https', instance_port: 80 }] },
  unknown: { id: true, listener: [{ ssl_certificate_id: true }] },
  refers: {
    listener: [{ ssl_certificate_id: { references: [`${from}.${attribute}`, from] } }],
  },
});
const certificate: Written = {
  address: 'aws_acm_certificate.c',
  values: { domain_name: 'a.example.com' },
  unknown: { id: true, arn: true },
};
const validated: Written = {
  address: 'aws_acm_certificate_validation.v',
  unknown: { id: true, certificate_arn: true },
  refers: { certificate_arn: ['aws_acm_certificate.c.arn', 'aws_acm_certificate.c'] },
};
const own: Written = {
  address: 'aws_iam_server_certificate.s',
  values: { name: 's' },
  unknown: { id: true, arn: true },
};
const other: Written = { address: 'terraform_data.d', unknown: { output: true } };

it.each<[name: string, all: readonly Written[], verdict: string]>([
  ['of ACM', [certificate, elb('aws_acm_certificate.c', 'arn')], 'PASS'],
  [
    'of ACM, for which is waited',
    [certificate, validated, elb('aws_acm_certificate_validation.v', 'certificate_arn')],
    'PASS',
  ],
  ['of IAM', [own, elb('aws_iam_server_certificate.s', 'arn')], 'FAIL'],
  [
    'that only applying tells',
    [other, elb('terraform_data.d', 'output')],
    'UNKNOWN it depends on aws_elb.it.listener.0.ssl_certificate_id, which depends on terraform_data.d.output: it is known after it is applied',
  ],
])('ELB.2 looks at the certificate in Terraform: one %s', async (_, all, verdict) => {
  expect(await verdictIn(planOf(all), 'ELB.2', 'aws_elb.it')).toBe(verdict);
});
