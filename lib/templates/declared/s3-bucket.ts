import { multiRegionAccessPoint } from '../../resources/s3/multi-region-access-point.ts';
import { s3AccessPoint } from '../../resources/s3/s3-access-point.ts';
import { s3Bucket } from '../../resources/s3/s3-bucket.ts';
import { bucketPolicyOf } from '../answers/s3/bucket.ts';
import { type DeclaredType, placesIn, stepsOf } from './declared-type.ts';
import { placeOfPolicy } from './resource-policies.ts';

const places = placesIn({
  publicAccessBlock: 'PublicAccessBlockConfiguration',
  acl: 'AccessControl',
  ownership: 'OwnershipControls',
  encryption: 'BucketEncryption',
  'encryption.ApplyServerSideEncryptionByDefault':
    'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault',
  'encryption.BlockedEncryptionTypes':
    'BucketEncryption.ServerSideEncryptionConfiguration.0.BlockedEncryptionTypes',
  logging: 'LoggingConfiguration',
  logTarget: 'LoggingConfiguration.DestinationBucketName',
  'versioning.status': 'VersioningConfiguration.Status',
  lifecycle: 'LifecycleConfiguration',
  notifications: 'NotificationConfiguration',
});
const policyType = 'AWS::S3::BucketPolicy';

export const declaredBucket: DeclaredType = {
  type: s3Bucket,
  as: 'AWS::S3::Bucket',
  id: ({ name }) => name,
  leftOut: { 'S3.20': 'the root user alone sets MFA delete, and no template does' },
  parts: { [policyType]: { name: 'BucketName', by: ['Bucket'], isWhole: true } },
  placeOf(resource, stack, evidence) {
    if (!/^policy\b/.test(evidence)) return places(resource, stack, evidence);
    const policy = bucketPolicyOf(stack, resource);
    const path = ['PolicyDocument', ...stepsOf(evidence.slice('policy'.length))];
    return policy && { declared: policy.declared, path };
  },
};

const pointPlaces = placesIn({ publicAccessBlock: 'PublicAccessBlockConfiguration' });
const placeOnPoint: DeclaredType['placeOf'] = (resource, stack, evidence) =>
  evidence.startsWith('policy')
    ? placeOfPolicy('Policy')(resource, stack, evidence)
    : pointPlaces(resource, stack, evidence);

export const declaredMultiRegionAccessPoint: DeclaredType = {
  type: multiRegionAccessPoint,
  as: 'AWS::S3::MultiRegionAccessPoint',
  id: ({ name }) => name,
  parts: {
    // The blocks of the access point and of its buckets can shut out whom it lets in.
    'AWS::S3::MultiRegionAccessPointPolicy': { name: 'Name', by: ['MrapName'], isOpen: true },
  },
  placeOf: placeOnPoint,
};

export const declaredAccessPoint: DeclaredType = {
  type: s3AccessPoint,
  as: 'AWS::S3::AccessPoint',
  id: ({ name }) => name,
  placeOf: placeOnPoint,
};
