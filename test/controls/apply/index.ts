import type { Call } from '../../../lib/model/control.ts';
import { cloudtrail } from './cloudtrail.ts';
import { dms } from './dms.ts';
import { dynamodb } from './dynamodb.ts';
import { ec2 } from './ec2.ts';
import { ecr } from './ecr.ts';
import type { Effects } from './effects.ts';
import { efs } from './efs.ts';
import { elb } from './elb.ts';
import { elbv2 } from './elbv2.ts';
import { emr } from './emr.ts';
import { guardduty } from './guardduty.ts';
import { accessanalyzer, iam } from './iam.ts';
import { kms } from './kms.ts';
import { lambda } from './lambda.ts';
import { opensearch } from './opensearch.ts';
import { rds } from './rds.ts';
import { s3 } from './s3.ts';
import { secretsmanager } from './secretsmanager.ts';
import { sns } from './sns.ts';
import { sqs } from './sqs.ts';
import { ssm } from './ssm.ts';

type Snapshot = Readonly<Record<string, unknown>>;
const effects: Readonly<Record<string, Effects>> = {
  accessanalyzer,
  cloudtrail,
  dms,
  dynamodb,
  ec2,
  ecr,
  efs,
  elb,
  elbv2,
  emr,
  guardduty,
  iam,
  kms,
  lambda,
  opensearch,
  rds,
  s3,
  s3control: s3,
  secretsmanager,
  sns,
  sqs,
  ssm,
};

/** The snapshot after these calls. Throws where it is not written down what AWS does at one of them. */
export const applied = (snapshot: Snapshot, calls: readonly Call[]): Snapshot => {
  let after = snapshot;
  for (const { service, operation, input } of calls) {
    const effect = effects[service]?.[operation];
    if (!effect)
      throw new Error(`say what AWS does at ${service}.${operation} in test/controls/apply`);
    after = effect(after, { ...input });
  }
  return after;
};
