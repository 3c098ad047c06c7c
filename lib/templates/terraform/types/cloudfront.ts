import { block, declares, each, type Mappings, type Properties, unlessEmpty } from '../mapping.ts';

const origin: Properties = {
  Id: 'origin_id',
  DomainName: 'domain_name',
  OriginAccessControlId: unlessEmpty('origin_access_control_id'),
  S3OriginConfig: block('s3_origin_config', {
    OriginAccessIdentity: 'origin_access_identity',
  }),
  CustomOriginConfig: block('custom_origin_config', {
    OriginProtocolPolicy: 'origin_protocol_policy',
    OriginSSLProtocols: 'origin_ssl_protocols',
  }),
  VpcOriginConfig: block('vpc_origin_config', { VpcOriginId: 'vpc_origin_id' }),
};
const behavior: Properties = {
  TargetOriginId: 'target_origin_id',
  ViewerProtocolPolicy: 'viewer_protocol_policy',
};
const inDefault: Properties = {
  TargetOriginId: 'default_cache_behavior.0.target_origin_id',
  ViewerProtocolPolicy: 'default_cache_behavior.0.viewer_protocol_policy',
};
const certificate: Properties = {
  AcmCertificateArn: unlessEmpty('viewer_certificate.0.acm_certificate_arn'),
  IamCertificateId: unlessEmpty('viewer_certificate.0.iam_certificate_id'),
  CloudFrontDefaultCertificate: 'viewer_certificate.0.cloudfront_default_certificate',
  SslSupportMethod: unlessEmpty('viewer_certificate.0.ssl_support_method'),
  MinimumProtocolVersion: unlessEmpty('viewer_certificate.0.minimum_protocol_version'),
};

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudfront_distribution */
export const cloudfrontTypes: Mappings = {
  aws_cloudfront_distribution: declares(
    'AWS::CloudFront::Distribution',
    {
      DistributionConfig: {
        DefaultRootObject: unlessEmpty('default_root_object'),
        WebACLId: unlessEmpty('web_acl_id'),
        Logging: block('logging_config', { Bucket: 'bucket' }),
        ViewerCertificate: certificate,
        Origins: each('origin', origin),
        OriginGroups: {
          Items: each('origin_group', {
            Id: 'origin_id',
            Members: { Items: each('member', { OriginId: 'origin_id' }) },
          }),
        },
        DefaultCacheBehavior: inDefault,
        CacheBehaviors: each('ordered_cache_behavior', {
          PathPattern: 'path_pattern',
          ...behavior,
        }),
      },
    },
    { id: 'id', names: ['id'] },
  ),
};
