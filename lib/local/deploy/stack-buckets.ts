import type { S3 } from '@aws-sdk/client-s3';
import { type Deployed, resourcesOf } from './stack-values.ts';

interface LifecycleRule {
  readonly Id?: string;
  readonly Prefix?: string;
  readonly Status: 'Enabled' | 'Disabled';
  readonly AbortIncompleteMultipartUpload?: { readonly DaysAfterInitiation: number };
  readonly NoncurrentVersionExpiration?: { readonly NoncurrentDays: number };
  readonly ExpirationInDays?: number;
  readonly ExpiredObjectDeleteMarker?: boolean;
}
interface BucketProperties {
  readonly PublicAccessBlockConfiguration?: Readonly<Record<string, boolean>>;
  readonly VersioningConfiguration?: { readonly Status: 'Enabled' | 'Suspended' };
  readonly LifecycleConfiguration?: { readonly Rules: readonly LifecycleRule[] };
}

/** A rule as the API writes it. */
const lifecycleRule = ({
  Id: ID,
  Prefix = '',
  ExpirationInDays: Days,
  ExpiredObjectDeleteMarker,
  ...rule
}: LifecycleRule) => ({
  ...(ID === undefined ? {} : { ID }),
  Filter: { Prefix },
  ...(Days === undefined ? {} : { Expiration: { Days } }),
  ...(ExpiredObjectDeleteMarker === undefined ? {} : { Expiration: { ExpiredObjectDeleteMarker } }),
  ...rule,
});

/** Configures the buckets of a stack, which moto makes bare, and puts their policies, which it leaves out. */
export const buckets = async (stack: Deployed, s3: S3): Promise<void> => {
  for (const { physicalId: Bucket, properties } of resourcesOf('AWS::S3::Bucket', stack)) {
    const { PublicAccessBlockConfiguration, VersioningConfiguration, LifecycleConfiguration } =
      properties as BucketProperties;
    if (PublicAccessBlockConfiguration)
      await s3.putPublicAccessBlock({ Bucket, PublicAccessBlockConfiguration });
    if (VersioningConfiguration) await s3.putBucketVersioning({ Bucket, VersioningConfiguration });
    const rules = LifecycleConfiguration?.Rules.map(lifecycleRule);
    if (rules)
      await s3.putBucketLifecycleConfiguration({
        Bucket,
        LifecycleConfiguration: { Rules: rules },
      });
  }
  for (const { properties } of resourcesOf('AWS::S3::BucketPolicy', stack)) {
    const Policy = JSON.stringify(properties['PolicyDocument']);
    await s3.putBucketPolicy({ Bucket: String(properties['Bucket']), Policy });
  }
};
