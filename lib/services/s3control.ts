import { defineService } from './service.ts';

export const s3control = defineService({
  sdk: () => import('@aws-sdk/client-s3-control'),
  // S3 Control puts the account in the host's name, which an address on this machine does not have.
  client: ({ S3Control }, settings, address) =>
    new S3Control({
      ...settings,
      ...(address === undefined ? {} : { endpointProvider: () => ({ url: new URL(address) }) }),
    }),
  iam: 's3',
  eventSource: 's3.amazonaws.com',
  kinds: {
    accesspoint: {
      arn: 'arn:{partition}:s3:{region}:{account}:accesspoint/{id}',
      type: 'AWS::S3::AccessPoint',
      named: ['Name', 'ResourceArn'],
    },
    // By an alias that S3 makes up; calls name it by its name, which is not in its ARN.
    multiregionaccesspoint: {
      arn: 'arn:{partition}:s3::{account}:accesspoint/{id}',
      type: 'AWS::S3::MultiRegionAccessPoint',
    },
  },
  pages: [],
  ofOneRegion: /MultiRegionAccessPoint/,
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
  actions: {
    GetPublicAccessBlock: 'GetAccountPublicAccessBlock',
    PutPublicAccessBlock: 'PutAccountPublicAccessBlock',
    DeletePublicAccessBlock: 'PutAccountPublicAccessBlock',
  },
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
  eventNames: {
    PutPublicAccessBlock: 'PutAccountPublicAccessBlock',
    DeletePublicAccessBlock: 'DeleteAccountPublicAccessBlock',
  },
});
