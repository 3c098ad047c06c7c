import type { FileSystemDescription, MountTargetDescription } from '@aws-sdk/client-efs';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { efs } from '../../services/efs.ts';
import { described, only, tagsIn } from '../described.ts';
import { subnet } from '../ec2/subnet.ts';
import { named } from '../ids.ts';
import { isChanging } from './efs-state.ts';

const arn = (ref: Ref) => efs.arn('file-system', ref, ref.id);
const gone = 'FileSystemNotFound';

const describe = async (reader: Reader, { id }: Ref): Promise<FileSystemDescription> => {
  const asked = { FileSystemId: id };
  return only((await reader.call('efs', 'describeFileSystems', asked)).FileSystems, gone);
};
const { about, facet, page } = described({
  actions: ['elasticfilesystem:DescribeFileSystems'],
  arn,
  describe,
  tagsOf: ({ Tags }) => tagsIn(Tags),
});

const shown = ({ Encrypted, KmsKeyId, LifeCycleState }: FileSystemDescription) => ({
  state: LifeCycleState,
  isEncrypted: Encrypted ?? false,
  kmsKey: KmsKeyId,
});

/** The subnets that it can be reached in. */
const mountTargetsOf = async (reader: Reader, { id, account, region }: Ref) => {
  const found: MountTargetDescription[] = [];
  const asked = { FileSystemId: id };
  for await (const { MountTargets = [] } of reader.pages('efs', 'describeMountTargets', asked))
    found.push(...MountTargets);
  return Promise.all(
    found.map(async ({ MountTargetId, SubnetId = '' }) => {
      const { mapsPublicIp } = await reader.facet(
        subnet,
        { account, region, id: SubnetId },
        'subnet',
      );
      return { id: MountTargetId, subnet: SubnetId, mapsPublicIp };
    }),
  );
};

/** The id in a file system's id or ARN. */
const fileSystemId = (text: string): string | undefined => /(?:^|\/)(fs-\w+)$/.exec(text)?.[1];

/** A file system of the account and region; its id is `fs-…`, which those of FSx have too. */
export const efsFileSystem = defineResourceType({
  type: 'AWS::EFS::FileSystem',
  scope: 'regional',
  securityHubType: 'Other',
  live: {
    gone: [gone],
    settlesAfterSeconds: 20,
    unsettled: { facet: 'fileSystem', while: isChanging },
    announcements: [
      {
        via: 'cloudtrail',
        source: efs.eventSource,
        calls: {
          CreateFileSystem: 'created',
          PutBackupPolicy: ['backup'],
          DeleteFileSystem: 'deleted',
          CreateMountTarget: ['mountTargets'],
          // It names the mount target alone.
          DeleteMountTarget: ['mountTargets'],
        },
        idsIn: named({
          request: ['fileSystemId'],
          response: ['fileSystemId'],
          idOf: fileSystemId,
        }),
      },
    ],
    list: {
      actions: ['elasticfilesystem:DescribeFileSystems'],
      page: async (reader, token) => {
        const { FileSystems, NextMarker } = await reader.call('efs', 'describeFileSystems', {
          MaxItems: 100,
          ...(token === undefined ? {} : { Marker: token }),
        });
        return page(reader, { found: FileSystems, next: NextMarker }, (one) => ({
          id: one.FileSystemId ?? '',
          facets: { fileSystem: shown(one) },
        }));
      },
    },
  },
  configurationItem: 'resourceId',
  arn,
  about,
  facets: {
    /** How its data is encrypted; with which key, by ARN. */
    fileSystem: facet(shown, 'state'),
    /** Whether AWS Backup backs it up by itself; `undefined` where nobody has said. */
    backup: {
      actions: ['elasticfilesystem:DescribeBackupPolicy'],
      absent: ['PolicyNotFound'],
      read: async (reader, { id }) => {
        const asked = { FileSystemId: id };
        const { BackupPolicy } = await reader.call('efs', 'describeBackupPolicy', asked);
        return { status: BackupPolicy?.Status };
      },
      // It is on its way for a while, and nobody has said is as off as what somebody put out.
      comparable: (value) => /^ENABL(ED|ING)$/.test(String(Object(value).status)),
    },
    mountTargets: {
      actions: ['elasticfilesystem:DescribeMountTargets', ...subnet.facets.subnet.actions],
      borrowedFrom: [{ type: subnet.type, facet: 'subnet' }],
      read: mountTargetsOf,
      comparable: (value) => [value].flat().map((one) => ({ ...Object(one), id: undefined })),
    },
  },
});
