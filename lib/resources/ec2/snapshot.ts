import type { Snapshot } from '@aws-sdk/client-ec2';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { ec2 } from '../../services/ec2.ts';
import { ec2Region } from '../account/ec2-region.ts';
import { only } from '../described.ts';
import { named } from '../ids.ts';
import { aboutBy, after, pageOf } from './ec2-listing.ts';

const arn = (ref: Ref) => ec2.arn('snapshot', ref, ref.id);
const gone = 'InvalidSnapshot.NotFound';

const describe = async (reader: Reader, { id }: Ref): Promise<Snapshot> =>
  only((await reader.call('ec2', 'describeSnapshots', { SnapshotIds: [id] })).Snapshots, gone);

const shown = ({ Encrypted, State }: Snapshot) => ({
  isEncrypted: Encrypted ?? false,
  state: State,
});

const snapshotId = (text: string) => (/^snap-\w+$/.test(text) ? text : undefined);

/** A snapshot of an EBS volume that this account owns; its id is `snap-…`. */
export const snapshot = defineResourceType({
  type: 'AWS::EC2::Snapshot',
  scope: 'regional',
  securityHubType: 'Other',
  live: {
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
    gone: [gone, 'InvalidSnapshotID.Malformed'],
    settlesAfterSeconds: 15,
    unsettled: { facet: 'snapshot', while: (value) => Object(value).state === 'pending' },
    announcements: [
      {
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: {
          ModifySnapshotAttribute: ['sharing'],
          ResetSnapshotAttribute: ['sharing'],
          DeleteSnapshot: 'deleted',
          RestoreSnapshotFromRecycleBin: 'created',
        },
        idsIn: named({ request: ['snapshotId'], idOf: snapshotId }),
      },
      {
        // A request to copy names the snapshot that is copied, and one of a whole instance none.
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: { CreateSnapshot: 'created', CopySnapshot: 'created', CreateSnapshots: 'created' },
        idsIn: named({ response: ['snapshotId', 'snapshotSet.snapshotId'], idOf: snapshotId }),
      },
    ],
    list: {
      actions: ['ec2:DescribeSnapshots'],
      // Without an owner every public snapshot of the region would be listed, and those that others share.
      page: async (reader, token) => {
        const page = await reader.call('ec2', 'describeSnapshots', {
          OwnerIds: ['self'],
          MaxResults: 1000,
          ...after(token),
        });
        return pageOf(reader, page, page.Snapshots, {
          arn,
          shown: (one) => ({ id: one.SnapshotId ?? '', facets: { snapshot: shown(one) } }),
        });
      },
    },
  },
  arn,
  about: {
    actions: ['ec2:DescribeSnapshots'],
    read: aboutBy(describe, { arn }),
  },
  facets: {
    snapshot: {
      actions: ['ec2:DescribeSnapshots'],
      read: async (reader, ref) => shown(await describe(reader, ref)),
    },
    /** Who may make volumes of it: accounts, and the group `all`, which is everybody. It knows no organizations. */
    sharing: {
      actions: ['ec2:DescribeSnapshotAttribute'],
      read: async (reader, { id }) => {
        const { CreateVolumePermissions = [] } = await reader.call(
          'ec2',
          'describeSnapshotAttribute',
          { SnapshotId: id, Attribute: 'createVolumePermission' },
        );
        return {
          groups: CreateVolumePermissions.flatMap(({ Group }) => Group ?? []).toSorted(),
          accounts: CreateVolumePermissions.flatMap(({ UserId }) => UserId ?? []).toSorted(),
          organizations: [],
        };
      },
    },
    /** Whether the region keeps even snapshots that are shared with everybody from them. */
    publicBlock: {
      actions: ec2Region.facets.snapshotBlock.actions,
      borrowedFrom: [{ type: ec2Region.type, facet: 'snapshotBlock' }],
      read: (reader, ref) => reader.facet(ec2Region, { ...ref, id: ref.region }, 'snapshotBlock'),
    },
  },
});
