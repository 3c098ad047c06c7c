import { account, type MotoClients } from './local-aws-clients.ts';

const bucket = `aws-cloudtrail-logs-${account}`;
const recorderRole = `arn:aws:iam::${account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;

/** Turns on what Plumbline hears changes from, a trail and a recorder, as somebody who runs AWS with care has them. */
export const turnOn = async ({ cloudtrail, config, s3 }: MotoClients) => {
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
    startTrail(cloudtrail),
    startRecorder(config),
  ]);
};

const startTrail = async (cloudtrail: MotoClients['cloudtrail']) => {
  await cloudtrail.createTrail({
    Name: 'management-events',
    S3BucketName: bucket,
    IsMultiRegionTrail: true,
    IncludeGlobalServiceEvents: true,
    EnableLogFileValidation: true,
  });
  await cloudtrail.startLogging({ Name: 'management-events' });
};

const startRecorder = async (config: MotoClients['config']) => {
  await config.putConfigurationRecorder({
    ConfigurationRecorder: {
      name: 'default',
      roleARN: recorderRole,
      recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
    },
  });
  await config.putDeliveryChannel({
    DeliveryChannel: { name: 'default', s3BucketName: bucket },
  });
  await config.startConfigurationRecorder({ ConfigurationRecorderName: 'default' });
};
