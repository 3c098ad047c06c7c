import { isOpenName, lazily, type Part } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import { type Answer, type Answers, awsError } from './answer.ts';

const type = 'AWS::CloudFront::Distribution';

const named = (stack: Stack, id: unknown): Resource => {
  const found = stack.find([type], (one) => one.physicalId === id);
  if (!found) throw awsError('NoSuchDistribution');
  return found;
};

/** What CloudFront's API writes as a list. */
const quantified = <T>(Items: readonly T[]) => ({ Quantity: Items.length, Items });

const protocols = ['http-only', 'https-only', 'match-viewer'];
const viewers = ['allow-all', 'redirect-to-https'];

/** What Terraform and CloudFormation call the domain names of a bucket. */
const domains = ['RegionalDomainName', 'DomainName'];
const attributes = ['bucket_regional_domain_name', 'bucket_domain_name'];
/** Another server than S3 has one of these, a website of S3 too (`S3OriginConfig` of Origin). */
const isOfServer = (origin: Part): boolean =>
  origin.get('CustomOriginConfig').isSet || origin.get('VpcOriginConfig').isSet;

/** A bucket of the template by its domain name, which only a deployment knows, is a bucket all the same; so is one of another. */
const domainOf = (stack: Stack, domain: Part, isBucket: boolean): string => {
  const name = domain.name() ?? '';
  const bucket = stack
    .all('AWS::S3::Bucket')
    .find(
      ({ declared: { logicalId } }) =>
        domains.some((one) => name.includes(`${logicalId}.${one}`)) ||
        attributes.some((one) => name === `<${logicalId}.${one}>`),
    );
  if (bucket) return `${bucket.name}.s3.amazonaws.com`;
  return isBucket && isOpenName(name) ? `${name}.s3.amazonaws.com` : name;
};

const towardsOrigins = ['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2'];
/** How a server is asked. */
const serverOf = (config: Part) => {
  const tls = config.get('OriginSSLProtocols');
  return {
    // CloudFront refuses one without: the worst counts.
    OriginProtocolPolicy: config.get('OriginProtocolPolicy').text(protocols) ?? 'http-only',
    OriginSslProtocols: quantified(
      tls.isSet ? tls.texts().map((one) => one.among(towardsOrigins)) : ['TLSv1', 'SSLv3'],
    ),
  };
};

const originOf = (stack: Stack) => (origin: Part) =>
  lazily({
    Id: () => origin.get('Id').name(),
    DomainName: () => domainOf(stack, origin.get('DomainName'), !isOfServer(origin)),
    S3OriginConfig: () => (origin.get('S3OriginConfig').isSet ? {} : undefined),
    OriginAccessControlId: () => origin.get('OriginAccessControlId').name(),
    CustomOriginConfig: () => {
      const config = origin.get('CustomOriginConfig');
      return config.isSet ? serverOf(config) : undefined;
    },
  });

/**
 * An origin by the property of the time when a distribution had one: it knows no origin access control.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-distribution-legacys3origin.html
 */
const legacyOriginOf = (stack: Stack, config: Part) => (property: string) => {
  const origin = config.get(property);
  if (!origin.isSet) return [];
  const isBucket = property === 'S3Origin';
  return [
    lazily({
      Id: () => property,
      DomainName: () => domainOf(stack, origin.get('DNSName'), isBucket),
      S3OriginConfig: () => (isBucket ? {} : undefined),
      CustomOriginConfig: () => (isBucket ? undefined : serverOf(origin)),
    }),
  ];
};
const originsOf = (stack: Stack, config: Part) => [
  ...config.get('Origins').items().map(originOf(stack)),
  ...['S3Origin', 'CustomOrigin'].flatMap(legacyOriginOf(stack, config)),
];

const behaviorOf = (behavior: Part) =>
  lazily({
    PathPattern: () => behavior.get('PathPattern').name(),
    TargetOriginId: () => behavior.get('TargetOriginId').name(),
    ViewerProtocolPolicy: () => behavior.get('ViewerProtocolPolicy').text(viewers),
  });

const groupOf = (group: Part) => ({
  Id: group.get('Id').name(),
  Members: quantified(
    group
      .get('Members', 'Items')
      .items()
      .map((one) => ({ OriginId: one.get('OriginId').name() })),
  ),
});

const certificateOf = (certificate: Part) =>
  lazily({
    ACMCertificateArn: () => certificate.get('AcmCertificateArn').name(),
    IAMCertificateId: () => certificate.get('IamCertificateId').name(),
    // "You must specify one (and only one)" of the three: whoever writes a policy and none of them has left a certificate out.
    CloudFrontDefaultCertificate: () =>
      certificate.get('CloudFrontDefaultCertificate').flag() ??
      !certificate.get('MinimumProtocolVersion').isSet,
    SSLSupportMethod: () => certificate.get('SslSupportMethod').text(['vip', 'sni-only']),
    MinimumProtocolVersion: () =>
      certificate.get('MinimumProtocolVersion').text(['TLSv1', 'TLSv1.2_2021']),
  });

const described: Answer = (stack, { Id }) => {
  const config = named(stack, Id).get('DistributionConfig');
  return {
    Distribution: {
      Id,
      Status: 'Deployed',
      DistributionConfig: lazily({
        DefaultRootObject: () => config.get('DefaultRootObject').text(['index.html', '']),
        Logging: () => ({ Enabled: (config.get('Logging', 'Bucket').name() ?? '') !== '' }),
        WebACLId: () => config.get('WebACLId').name(),
        ViewerCertificate: () => certificateOf(config.get('ViewerCertificate')),
        Origins: () => quantified(originsOf(stack, config)),
        OriginGroups: () => quantified(config.get('OriginGroups', 'Items').items().map(groupOf)),
        DefaultCacheBehavior: () => behaviorOf(config.get('DefaultCacheBehavior')),
        CacheBehaviors: () => quantified(config.get('CacheBehaviors').items().map(behaviorOf)),
      }),
    },
  };
};

export const cloudfrontAnswers: Answers = { getDistribution: described };
