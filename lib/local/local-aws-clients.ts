import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { ConfigService } from '@aws-sdk/client-config-service';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { EC2 } from '@aws-sdk/client-ec2';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { Lambda } from '@aws-sdk/client-lambda';
import { RDS } from '@aws-sdk/client-rds';
import { S3 } from '@aws-sdk/client-s3';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import { STS } from '@aws-sdk/client-sts';

export const account = '123456789012';
export const region = 'us-east-1';

const settings = (endpoint: string, accessKeyId = 'local-aws', at = region) => ({
  region: at,
  endpoint,
  credentials: { accessKeyId, secretAccessKey: 'local' },
});

/** Clients of moto itself: what they do is AWS's own doing and no event tells of it. */
export const motoClients = (url: string, at = region, accessKeyId?: string) => {
  const own = settings(url, accessKeyId, at);
  return {
    credentials: own.credentials,
    cloudformation: new CloudFormation(own),
    cloudtrail: new CloudTrail(own),
    config: new ConfigService(own),
    dynamodb: new DynamoDB(own),
    ec2: new EC2(own),
    events: new EventBridge(own),
    iam: new IAM(own),
    kms: new KMS(own),
    lambda: new Lambda(own),
    rds: new RDS(own),
    s3: new S3({ ...own, forcePathStyle: true }),
    sqs: new SQS(own),
    ssm: new SSM(own),
    /** STS as the owner of an access key calls it. */
    sts: (accessKeyId: string) => new STS(settings(url, accessKeyId)),
  };
};
export type MotoClients = ReturnType<typeof motoClients>;

/** STS behind the endpoint, as the owner of an access key calls it. */
export const endpointSts = (url: string, accessKeyId: string) =>
  new STS(settings(url, accessKeyId));
