import type { IAM } from '@aws-sdk/client-iam';
import { codeOf } from '../aws/errors.ts';
import { account, type MotoClients } from './local-aws-clients.ts';

const recorderRole = (of: string) =>
  `arn:aws:iam::${of}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;

/** Turns on what Plumbline hears changes from, a trail and a recorder, as somebody who runs AWS with care has them. */
export const turnOn = async ({ cloudtrail, config, s3 }: MotoClients, of = account) => {
  const bucket = `aws-cloudtrail-logs-${of}`;
  await s3.createBucket({ Bucket: bucket });
  await Promise.all([
    s3.putPublicAccessBlock({
      Bucket: bucket,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    }),
    startTrail(cloudtrail, bucket),
    startRecorder(config, of, bucket),
  ]);
};

const startTrail = async (cloudtrail: MotoClients['cloudtrail'], bucket: string) => {
  await cloudtrail.createTrail({
    Name: 'management-events',
    S3BucketName: bucket,
    IsMultiRegionTrail: true,
    IncludeGlobalServiceEvents: true,
    EnableLogFileValidation: true,
  });
  await cloudtrail.startLogging({ Name: 'management-events' });
};

const startRecorder = async (config: MotoClients['config'], of: string, bucket: string) => {
  await config.putConfigurationRecorder({
    ConfigurationRecorder: {
      name: 'default',
      roleARN: recorderRole(of),
      recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
    },
  });
  await config.putDeliveryChannel({
    DeliveryChannel: { name: 'default', s3BucketName: bucket },
  });
  await config.startConfigurationRecorder({ ConfigurationRecorderName: 'default' });
};

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'sts:AssumeRole',
    },
  ],
});

/** Whoever the baseline names as operator is there, as in the account of somebody who deploys. */
export const makeOperators = async (operators: readonly string[], iam: IAM): Promise<void> => {
  for (const arn of operators) {
    const [, of, kind, path = '/', name = ''] =
      /^arn:[^:]*:iam::(\d{12}):(role|user)(\/(?:.*\/)?)([^/]*)$/.exec(arn) ?? [];
    if (of !== account) continue;
    const made =
      kind === 'user'
        ? iam.createUser({ UserName: name, Path: path })
        : iam.createRole({ RoleName: name, Path: path, AssumeRolePolicyDocument: trust });
    await made.catch((error: unknown) => {
      if (!codeOf(error).startsWith('EntityAlreadyExists')) throw error;
    });
  }
};
