import { distribution } from '../../resources/cloudfront/distribution.ts';
import { type DeclaredType, placesIn } from './declared-type.ts';

const places = placesIn({
  'distribution.hasRootObject': 'DistributionConfig.DefaultRootObject',
  'distribution.logsAccess': 'DistributionConfig.Logging',
  'distribution.hasWebAcl': 'DistributionConfig.WebACLId',
  'certificate.isDefault': 'DistributionConfig.ViewerCertificate',
  'certificate.support': 'DistributionConfig.ViewerCertificate.SslSupportMethod',
  'certificate.tls': 'DistributionConfig.ViewerCertificate.MinimumProtocolVersion',
  originGroups: 'DistributionConfig.OriginGroups',
});
const ofOrigin: Readonly<Record<string, readonly string[]>> = {
  hasAccessControl: ['OriginAccessControlId'],
  protocol: ['CustomOriginConfig', 'OriginProtocolPolicy'],
  tls: ['CustomOriginConfig', 'OriginSSLProtocols'],
};

export const declaredDistribution: DeclaredType = {
  type: distribution,
  as: 'AWS::CloudFront::Distribution',
  id: ({ physicalId }) => physicalId,
  // Whether a bucket is there shows in the account.
  untold: ['buckets'],
  placeOf(resource, stack, evidence) {
    const { declared } = resource;
    const [, list, index, field = ''] =
      /^(origins|behaviors)\[(\d+)\]\.(\w+)$/.exec(evidence) ?? [];
    const at = Number(index);
    if (list === 'origins')
      return { declared, path: ['DistributionConfig', 'Origins', at, ...(ofOrigin[field] ?? [])] };
    if (list === 'behaviors') {
      // The first is the one by default.
      const behavior = at === 0 ? ['DefaultCacheBehavior'] : ['CacheBehaviors', at - 1];
      return { declared, path: ['DistributionConfig', ...behavior, 'ViewerProtocolPolicy'] };
    }
    return places(resource, stack, evidence);
  },
};
