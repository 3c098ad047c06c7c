import type { Service } from '../../model/calls.ts';
import type { Answers } from '../answers/answer.ts';
import { ec2Answers } from '../answers/ec2.ts';
import { iamAnswers } from '../answers/iam.ts';
import { kmsAnswers } from '../answers/kms.ts';
import { rdsAnswers } from '../answers/rds.ts';
import { s3Answers, s3controlAnswers } from '../answers/s3.ts';
import type { DeclaredType } from './declared-type.ts';
import { declaredGroup, declaredManagedPolicy, declaredRole, declaredUser } from './iam.ts';
import { declaredKey } from './kms-key.ts';
import { declaredCluster, declaredInstance } from './rds.ts';
import { declaredBucket } from './s3-bucket.ts';
import { declaredSecurityGroup } from './security-group.ts';

/** The types of the catalogue that a template declares. */
export const declaredTypes: readonly DeclaredType[] = [
  declaredSecurityGroup,
  declaredGroup,
  declaredManagedPolicy,
  declaredRole,
  declaredUser,
  declaredKey,
  declaredCluster,
  declaredInstance,
  declaredBucket,
];

/** The calls that are answered from a template. */
export const answers: { readonly [S in Service]?: Answers } = {
  ec2: ec2Answers,
  iam: iamAnswers,
  kms: kmsAnswers,
  rds: rdsAnswers,
  s3: s3Answers,
  s3control: s3controlAnswers,
};

/** The types of the catalogue that no template declares, and why. */
export const undeclared: Readonly<Record<string, string>> = {
  'AWS::IAM::ServerCertificate': 'when a certificate ends is in the certificate',
  'AWS::RDS::DBClusterSnapshot': 'snapshots are made by calls and schedules',
  'AWS::RDS::DBSnapshot': 'snapshots are made by calls and schedules',
};
