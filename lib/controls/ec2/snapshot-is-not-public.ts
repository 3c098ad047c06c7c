import { call, defineControl, fail, pass } from '../../model/control.ts';
import { snapshot } from '../../resources/ec2/snapshot.ts';

const everybody = (SnapshotId: string, OperationType: 'add' | 'remove') =>
  call('ec2', 'modifySnapshotAttribute', {
    SnapshotId,
    Attribute: 'createVolumePermission',
    OperationType,
    GroupNames: ['all'],
  });

export const snapshotIsNotPublic = defineControl(snapshot, {
  id: 'EC2.1',
  title: 'Amazon EBS snapshots should not be configured to be publicly restorable',
  severity: 'CRITICAL',
  rationale:
    'Anybody with an AWS account can make a volume of a public snapshot and read every file that was on the disk.',
  standards: {
    'fsbp-1.0.0': ['EC2.1'],
    'nist-800-53-r5': [
      ...['AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7'],
      ...['SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'],
    ],
  },
  exposes: true,
  needs: ['sharing', 'publicBlock'],
  evaluate({ sharing, publicBlock }) {
    if (!sharing.groups.includes('all')) return pass;
    // "It does not change the permissions for snapshots that are already publicly shared. Instead, it prevents these
    // snapshots from be publicly visible and publicly accessible", while it lasts.
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableSnapshotBlockPublicAccess.html
    if (publicBlock.state === 'block-all-sharing') return pass;
    return fail('any AWS account can make a volume of the snapshot', [
      { path: 'sharing.groups', actual: sharing.groups, expected: 'single accounts only' },
    ]);
  },
  remediation: {
    advice:
      'Take the group all out of the permissions to create volumes (Private in the console), and share the snapshot with single accounts where they need it.',
    grants: [{ actions: ['ec2:ModifySnapshotAttribute'], on: ({ arn }) => [arn] }],
    plan: (_, { ref: { id } }) => ({
      kind: 'calls',
      risk: 'safe',
      summary: 'no longer lets every AWS account make volumes of the snapshot',
      calls: [everybody(id, 'remove')],
      undo: { calls: [everybody(id, 'add')], widensAccess: true },
    }),
  },
});
