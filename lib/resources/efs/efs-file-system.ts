import type { FileSystemDescription } from '@aws-sdk/client-efs';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { efs } from '../../services/efs.ts';
import { named } from '../ids.ts';
import { aboutOf, isChanging } from './efs-listing.ts';

const arn = (ref: Ref) => efs.arn('file-system', ref, ref.id);
const gone = 'FileSystemNotFound';

const describe = async (reader: Reader, { id }: Ref): Promise<FileSystemDescription> => {
  const asked = { FileSystemId: id };
  const [one] = (await reader.call('efs', 'describeFileSystems', asked)).FileSystems ?? [];
  if (!one) throw Object.assign(new Error(`there is no file system ${id}`), { name: gone });
  return one;
};

const shown = ({ Encrypted, KmsKeyId, LifeCycleState }: FileSystemDescription) => ({
  state: LifeCycleState,
  isEncrypted: Encrypted ?? false,
  kmsKey: KmsKeyId,
});

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
        const { FileSystems = [], NextMarker } = await reader.call('efs', 'describeFileSystems', {
          MaxItems: 100,
          ...(token === undefined ? {} : { Marker: token }),
        });
        const resources = FileSystems.map((one) => {
          const id = one.FileSystemId ?? '';
          const ref = { account: reader.account, region: reader.region, id };
          return { id, facets: { fileSystem: shown(one) }, about: aboutOf(arn(ref), one) };
        });
        return { resources, ...(NextMarker ? { next: NextMarker } : {}) };
      },
    },
  },
  configurationItem: 'resourceId',
  arn,
  about: {
    actions: ['elasticfilesystem:DescribeFileSystems'],
    read: async (reader, ref) => aboutOf(arn(ref), await describe(reader, ref)),
  },
  facets: {
    /** How its data is encrypted; with which key, by ARN. */
    fileSystem: {
      actions: ['elasticfilesystem:DescribeFileSystems'],
      read: async (reader, ref) => shown(await describe(reader, ref)),
      // Its state goes by itself from one to the next.
      comparable: (value) => ({ ...Object(value), state: undefined }),
    },
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
  },
});
