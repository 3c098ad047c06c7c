import { call, defineControl, fail, pass } from '../../model/control.ts';
import { ec2Region } from '../../resources/account/ec2-region.ts';
import { setting } from './shared/region-setting.ts';

export const regionBlocksPublicSnapshots = defineControl(ec2Region, {
  id: 'EC2.182',
  title: 'Amazon EBS snapshots should not be publicly accessible',
  severity: 'HIGH',
  rationale:
    'The block holds for every snapshot of the region, those too that somebody will share with everybody by mistake.',
  standards: { 'fsbp-1.0.0': ['EC2.182'] },
  needs: ['snapshotBlock'],
  evaluate({ snapshotBlock: { state } }) {
    if (state === 'block-all-sharing') return pass;
    const reason =
      state === 'block-new-sharing'
        ? 'snapshots that were public before the block still are'
        : 'snapshots of the region can be shared with everybody';
    return fail(reason, [
      { path: 'snapshotBlock.state', actual: state ?? null, expected: 'block-all-sharing' },
    ]);
  },
  remediation: {
    advice:
      'Block all public sharing of snapshots in the region, in the EC2 settings under Data protection and security.',
    grants: [
      {
        actions: ['ec2:EnableSnapshotBlockPublicAccess', 'ec2:DisableSnapshotBlockPublicAccess'],
        on: () => ['*'],
      },
    ],
    plan: ({ snapshotBlock }) =>
      setting(snapshotBlock, {
        // Whoever uses a snapshot that is public no longer can; which are, of all in the region, is not looked up.
        risk: 'disruptive',
        summary: 'keeps everybody from every snapshot of the region, those that are public now too',
        call: call('ec2', 'enableSnapshotBlockPublicAccess', { State: 'block-all-sharing' }),
        back:
          snapshotBlock.state === 'block-new-sharing'
            ? call('ec2', 'enableSnapshotBlockPublicAccess', { State: 'block-new-sharing' })
            : call('ec2', 'disableSnapshotBlockPublicAccess', {}),
        widensAccess: true,
      }),
  },
});
