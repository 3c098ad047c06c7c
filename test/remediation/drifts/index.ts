import type { Drift } from '../drift.ts';
import { cloudtrailDrifts } from './cloudtrail.ts';
import { detectionDrifts } from './detection.ts';
import { dmsDrifts } from './dms.ts';
import { dynamodbDrifts } from './dynamodb.ts';
import { ec2Drifts } from './ec2.ts';
import { ec2NetworkDrifts } from './ec2-network.ts';
import { ec2SharingDrifts } from './ec2-sharing.ts';
import { efsDrifts } from './efs.ts';
import { elbDrifts } from './elb.ts';
import { elbv2Drifts } from './elbv2.ts';
import { analyzerDrifts, iamDrifts } from './iam.ts';
import { kmsDrifts } from './kms.ts';
import { lambdaDrifts } from './lambda.ts';
import { messagingDrifts } from './messaging.ts';
import { rdsDrifts } from './rds.ts';
import { s3Drifts } from './s3.ts';
import { secretDrifts } from './secrets.ts';
import { ssmDrifts } from './ssm.ts';

/** A drift of every control that can be put right without a person. */
export const drifts: readonly Drift[] = [
  ...s3Drifts,
  ...cloudtrailDrifts,
  ...detectionDrifts,
  ...dmsDrifts,
  ...dynamodbDrifts,
  ...ec2Drifts,
  ...ec2NetworkDrifts,
  ...ec2SharingDrifts,
  ...efsDrifts,
  ...elbDrifts,
  ...elbv2Drifts,
  ...iamDrifts,
  ...analyzerDrifts,
  ...rdsDrifts,
  ...kmsDrifts,
  ...lambdaDrifts,
  ...messagingDrifts,
  ...secretDrifts,
  ...ssmDrifts,
];
