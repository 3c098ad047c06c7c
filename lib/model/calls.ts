import type { AccessAnalyzer } from '@aws-sdk/client-accessanalyzer';
import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { CloudTrail } from '@aws-sdk/client-cloudtrail';
import type { ConfigService } from '@aws-sdk/client-config-service';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { EventBridge } from '@aws-sdk/client-eventbridge';
import type { IAM } from '@aws-sdk/client-iam';
import type { RDS } from '@aws-sdk/client-rds';
import type { S3 } from '@aws-sdk/client-s3';
import type { S3Control } from '@aws-sdk/client-s3-control';
import type { SecurityHub } from '@aws-sdk/client-securityhub';
import type { SNS } from '@aws-sdk/client-sns';
import type { SQS } from '@aws-sdk/client-sqs';
import type { SSM } from '@aws-sdk/client-ssm';
import type { STS } from '@aws-sdk/client-sts';

/** The AWS services that are called, by the name that a call gives them. */
export interface Sdk {
  readonly accessanalyzer: AccessAnalyzer;
  readonly cloudformation: CloudFormation;
  readonly cloudtrail: CloudTrail;
  readonly config: ConfigService;
  readonly ec2: EC2;
  readonly eventbridge: EventBridge;
  readonly iam: IAM;
  readonly rds: RDS;
  readonly s3: S3;
  readonly s3control: S3Control;
  readonly securityhub: SecurityHub;
  readonly sns: SNS;
  readonly sqs: SQS;
  readonly ssm: SSM;
  readonly sts: STS;
}
export type Service = keyof Sdk;

// An SDK client declares each operation in three overloads; inference sees the last, which takes a callback.
type Overload<I, O> = (input: I, options: never, done: (error: never, output?: O) => void) => void;
export type Operation<S extends Service> = {
  [M in keyof Sdk[S]]: Sdk[S][M] extends (...args: never[]) => unknown ? M : never;
}[keyof Sdk[S]] &
  string;
export type Input<S extends Service, O extends Operation<S>> =
  Sdk[S][O] extends Overload<infer I, infer _> ? I & object : never;
export type Output<S extends Service, O extends Operation<S>> =
  Sdk[S][O] extends Overload<infer _, infer R> ? R : never;

/** An action as IAM writes it, `s3:GetBucketPolicy`. */
export type IamAction = `${Lowercase<string>}:${Capitalize<string>}`;
