import { lazily } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import { type Answer, type Answers, awsError } from './answer.ts';

/** Copies of disks and databases, which Terraform alone declares: what is read of them is with whom they are shared. */
export const copyKeys = {
  image: 'Plumbline::EC2::Image',
  disk: 'Plumbline::EC2::Snapshot',
  database: 'Plumbline::RDS::DBSnapshot',
  cluster: 'Plumbline::RDS::DBClusterSnapshot',
} as const;

const copy = (stack: Stack, type: string, id: unknown, code: string): Resource => {
  const found = stack.find([type], (one) => one.physicalId === id);
  if (!found) throw awsError(code);
  return found;
};
/** Of an account that is open it is not known whether it is an account of ours. */
const otherAccount = '999999999999';
const permissionsOf = (stack: Stack, found: Resource) =>
  found
    .get('Sharing')
    .items()
    .map((one) =>
      lazily({
        Group: () => one.get('Group').text(['all', 'none']),
        UserId: () => one.get('Account').text([stack.template.deployment.account, otherAccount]),
        OrganizationArn: () => one.get('Organization').name(),
      }),
    );
const restorable =
  (type: string, by: string, code: string, answer: (restore: unknown) => unknown): Answer =>
  (stack, input) => {
    const found = copy(stack, type, input[by], code);
    const AttributeValues = found
      .get('SharedAccounts')
      .texts()
      .map((one) => one.text(['all', stack.template.deployment.account]));
    return answer([{ AttributeName: 'restore', AttributeValues }]);
  };

export const sharedAnswers = {
  ec2: {
    describeImageAttribute: (stack, { ImageId }) => ({
      LaunchPermissions: permissionsOf(
        stack,
        copy(stack, copyKeys.image, ImageId, 'InvalidAMIID.NotFound'),
      ),
    }),
    describeSnapshotAttribute: (stack, { SnapshotId }) => ({
      CreateVolumePermissions: permissionsOf(
        stack,
        copy(stack, copyKeys.disk, SnapshotId, 'InvalidSnapshot.NotFound'),
      ),
    }),
  },
  rds: {
    describeDBSnapshotAttributes: restorable(
      ...([copyKeys.database, 'DBSnapshotIdentifier', 'DBSnapshotNotFound'] as const),
      (DBSnapshotAttributes) => ({ DBSnapshotAttributesResult: { DBSnapshotAttributes } }),
    ),
    describeDBClusterSnapshotAttributes: restorable(
      ...([copyKeys.cluster, 'DBClusterSnapshotIdentifier', 'DBClusterSnapshotNotFound'] as const),
      (DBClusterSnapshotAttributes) => ({
        DBClusterSnapshotAttributesResult: { DBClusterSnapshotAttributes },
      }),
    ),
  },
} satisfies Readonly<Record<string, Answers>>;
