import type { DecodedCall } from '../endpoint/call.ts';
import { serviceOf } from '../endpoint/services.ts';

/** The IAM action that allows an operation, `s3:GetEncryptionConfiguration` for S3's GetBucketEncryption. */
export const actionOf = ({ service, operation }: Pick<DecodedCall, 'service' | 'operation'>) => {
  const { iam, actions } = serviceOf(service);
  return `${iam}:${actions?.[operation] ?? operation}`;
};

// Allowed to everybody: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
export const needsNoPermission = ({ service, operation }: DecodedCall) =>
  service === 'sts' && operation === 'GetCallerIdentity';
