import type {
  CacheBehavior,
  DefaultCacheBehavior,
  Distribution,
  Origin,
  ViewerCertificate,
} from '@aws-sdk/client-cloudfront';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { cloudfront } from '../../services/cloudfront.ts';
import { s3 } from '../../services/s3.ts';
import { only, tagsIn } from '../described.ts';
import { named } from '../ids.ts';
import { bucketIn, find, pathBucketIn, websiteIn } from './origin-bucket.ts';

const arn = (ref: Ref) => cloudfront.arn('distribution', ref, ref.id);
const gone = 'NoSuchDistribution';

const describe = async (reader: Reader, { id: Id }: Ref): Promise<Distribution> => {
  const { Distribution } = await reader.call('cloudfront', 'getDistribution', { Id });
  return only(Distribution && [Distribution], gone);
};

/** Nothing of the headers that it is sent: people put secrets there that open it. */
const originOf = ({ Id = '', DomainName = '', ...one }: Origin) => ({
  id: Id,
  domain: DomainName,
  /** The bucket, where it is one by its REST endpoint, whichever way it is set; to CloudFront a website is a server. */
  bucket: bucketIn(DomainName),
  hasAccessControl: (one.OriginAccessControlId ?? '') !== '',
  /** How CloudFront talks to a server: `http-only`, `https-only` or `match-viewer`. */
  protocol: one.CustomOriginConfig?.OriginProtocolPolicy,
  tls: (one.CustomOriginConfig?.OriginSslProtocols?.Items ?? []).map(String).toSorted(),
});

const behaviorOf = (path: string, one: CacheBehavior | DefaultCacheBehavior) => ({
  path,
  /** An origin, or a group of them. */
  origin: one.TargetOriginId ?? '',
  /** `allow-all`, `https-only` or `redirect-to-https`. */
  viewers: one.ViewerProtocolPolicy,
});

const originsOf = ({ DistributionConfig: config }: Distribution) =>
  (config?.Origins?.Items ?? []).map(originOf);

const behaviorsOf = ({ DistributionConfig: config }: Distribution) => [
  ...(config?.DefaultCacheBehavior ? [behaviorOf('default', config.DefaultCacheBehavior)] : []),
  ...(config?.CacheBehaviors?.Items ?? []).map((one) => behaviorOf(one.PathPattern ?? '', one)),
];

const groupsOf = ({ DistributionConfig: config }: Distribution) =>
  (config?.OriginGroups?.Items ?? []).map(({ Id = '', Members }) => ({
    id: Id,
    members: (Members?.Items ?? []).map(({ OriginId = '' }) => OriginId),
  }));

const shown = ({ Status, DistributionConfig: config }: Distribution) => ({
  state: Status,
  hasRootObject: (config?.DefaultRootObject ?? '') !== '',
  /** By the older way, to a bucket; logs that are delivered by CloudWatch are set up elsewhere. */
  logsAccess: config?.Logging?.Enabled ?? false,
  hasWebAcl: (config?.WebACLId ?? '') !== '',
});

/** CloudFront refuses a distribution that is set to no certificate at all; of what a template writes the policy is what is meant. */
const isOfNone = (certificate: ViewerCertificate | undefined): boolean =>
  certificate?.CloudFrontDefaultCertificate === false;

const certificateOf = ({ DistributionConfig: config }: Distribution) => {
  const { ViewerCertificate: certificate } = config ?? {};
  const isOwn = Boolean(certificate?.ACMCertificateArn || certificate?.IAMCertificateId);
  return {
    /** That of `*.cloudfront.net`. */
    isDefault: !isOwn,
    /** How a server is told which certificate is meant: `sni-only`, `vip` or `static-ip`. */
    support: isOwn ? certificate?.SSLSupportMethod : undefined,
    // "CloudFront sets the security policy to TLSv1 regardless of the value that you set" with its own certificate.
    tls: isOwn || isOfNone(certificate) ? certificate?.MinimumProtocolVersion : 'TLSv1',
  };
};

/** Of each origin that is a bucket, or the website of one, whose that is. */
const bucketsOf = (reader: Reader, distribution: Distribution) =>
  Promise.all(
    (distribution.DistributionConfig?.Origins?.Items ?? []).flatMap(
      ({ Id = '', DomainName = '', OriginPath = '' }) => {
        const bucket =
          bucketIn(DomainName) ?? websiteIn(DomainName) ?? pathBucketIn(DomainName, OriginPath);
        return bucket === undefined ? [] : [bucketOf(reader, Id, bucket)];
      },
    ),
  );
/** A bucket that the viewer names can be any, and so one that nobody has. */
const bucketOf = async (reader: Reader, origin: string, bucket: string) => {
  const anybodys = { found: 'unclear', why: 'the path of each request names the bucket' } as const;
  return { origin, bucket, ...(bucket === '' ? anybodys : await find(reader, bucket)) };
};

const actions = ['cloudfront:GetDistribution'] as const;
const all = [
  'distribution',
  'certificate',
  'behaviors',
  'origins',
  'originGroups',
  'buckets',
] as const;

/** A distribution, which is in no region; its id is `E…`. */
export const distribution = defineResourceType({
  type: 'AWS::CloudFront::Distribution',
  scope: 'global',
  securityHubType: 'AwsCloudFrontDistribution',
  live: {
    gone: [gone],
    settlesAfterSeconds: 30,
    // What a distribution is set to shows at once; at the edges it is minutes later.
    unsettled: {
      facet: 'distribution',
      while: (value) => Object(value).state === 'InProgress',
    },
    announcements: [
      {
        via: 'cloudtrail',
        source: cloudfront.eventSource,
        calls: {
          CreateDistribution: 'created',
          CreateDistributionWithTags: 'created',
          CopyDistribution: 'created',
        },
        idsIn: named({ response: ['distribution.id'] }),
      },
      {
        via: 'cloudtrail',
        source: cloudfront.eventSource,
        calls: {
          UpdateDistribution: all,
          UpdateDistributionWithStagingConfig: all,
          AssociateDistributionWebACL: ['distribution'],
          DisassociateDistributionWebACL: ['distribution'],
          DeleteDistribution: 'deleted',
        },
        idsIn: named({ request: ['id'] }),
      },
      {
        // Which distributions have the bucket as an origin it does not say.
        via: 'cloudtrail',
        source: s3.eventSource,
        calls: { CreateBucket: ['buckets'], DeleteBucket: ['buckets'] },
        idsIn: () => 'all',
      },
    ],
    list: {
      actions: ['cloudfront:ListDistributions'],
      page: async (reader, token) => {
        const { DistributionList } = await reader.call(
          'cloudfront',
          'listDistributions',
          token === undefined ? {} : { Marker: token },
        );
        const next = DistributionList?.NextMarker;
        return {
          resources: (DistributionList?.Items ?? []).map(({ Id = '' }) => ({ id: Id })),
          ...(next ? { next } : {}),
        };
      },
    },
  },
  configurationItem: 'resourceId',
  arn,
  about: {
    actions: ['cloudfront:ListTagsForResource'],
    read: async (reader, ref) => {
      const asked = { Resource: arn(ref) };
      const { Tags } = await reader.call('cloudfront', 'listTagsForResource', asked);
      return { arn: arn(ref), tags: tagsIn(Tags?.Items) };
    },
  },
  facets: {
    distribution: {
      actions,
      read: async (reader, ref) => shown(await describe(reader, ref)),
      comparable: (value) => ({ ...Object(value), state: undefined }),
    },
    certificate: {
      actions,
      read: async (reader, ref) => certificateOf(await describe(reader, ref)),
    },
    behaviors: {
      actions,
      read: async (reader, ref) => behaviorsOf(await describe(reader, ref)),
    },
    origins: {
      actions,
      read: async (reader, ref) => originsOf(await describe(reader, ref)),
    },
    originGroups: {
      actions,
      read: async (reader, ref) => groupsOf(await describe(reader, ref)),
    },
    buckets: {
      actions: [...actions, 's3:GetBucketLocation', 's3:ListAllMyBuckets'],
      read: async (reader, ref) => bucketsOf(reader, await describe(reader, ref)),
    },
  },
});
