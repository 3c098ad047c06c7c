import type { DecodedCall } from '../endpoint/call.ts';
import { isRecord } from '../endpoint/record.ts';

/** A resource as the call that changed it names it. */
export interface Subject {
  readonly type: keyof typeof subjectTypes;
  readonly id: string;
}

/** The types that are recorded, with the service and the field by which a call names them. */
const subjectTypes = {
  'AWS::S3::Bucket': ['s3', 'Bucket'],
  'AWS::EC2::SecurityGroup': ['ec2', 'GroupId'],
  'AWS::IAM::User': ['iam', 'UserName'],
  'AWS::IAM::Role': ['iam', 'RoleName'],
  'AWS::IAM::Group': ['iam', 'GroupName'],
  'AWS::IAM::Policy': ['iam', 'PolicyArn'],
  'AWS::RDS::DBInstance': ['rds', 'DBInstanceIdentifier'],
  'AWS::RDS::DBCluster': ['rds', 'DBClusterIdentifier'],
  'AWS::RDS::DBSnapshot': ['rds', 'DBSnapshotIdentifier'],
  'AWS::RDS::DBClusterSnapshot': ['rds', 'DBClusterSnapshotIdentifier'],
} as const;

// A user's item shows neither keys nor passwords nor devices, so their changes make none.
const unseen = /AccessKey|LoginProfile|Password|MFADevice|SSHPublicKey|Certificate|Credential/;

/** The recorded resources that a call changes; those that AWS owns are not recorded. */
export const subjectsOf = (call: DecodedCall, output: unknown): readonly Subject[] => {
  if (call.service === 'iam' && unseen.test(call.operation)) return [];
  const fields = { ...(isRecord(output) ? topFields(output) : {}), ...call.input };
  return Object.entries(subjectTypes).flatMap(([type, [service, field]]) => {
    const id = fields[field];
    const isNamed =
      service === call.service && typeof id === 'string' && !id.includes(':aws:policy/');
    return isNamed ? [{ type: type as Subject['type'], id }] : [];
  });
};

/** `{GroupId}` of a created group; `{Policy: {Arn}}` of a created policy. */
const topFields = (output: Readonly<Record<string, unknown>>) => {
  const policy = output['Policy'];
  return isRecord(policy) ? { ...output, PolicyArn: policy['Arn'] } : output;
};
