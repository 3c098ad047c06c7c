import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { backup } from '../../services/backup.ts';
import { gathered } from '../gathered.ts';
import { named } from '../ids.ts';
import { asData } from '../policy-text.ts';

const arn = (ref: Ref) => backup.arn('backupVault', ref, ref.id);
const gone = 'VaultNotFound';

const isDenied = (error: unknown): boolean =>
  error instanceof Error && error.name.startsWith('AccessDenied');

/**
 * AWS Backup denies each call about a vault that is not there, as if it were somebody else's: whether it is denied or gone
 * is told by the vaults that there are. Whoever may not list them either is denied.
 */
const orGone = async <T>(reader: Reader, ref: Ref, read: () => Promise<T>): Promise<T> => {
  try {
    return await read();
  } catch (error) {
    if (!isDenied(error)) throw error;
    const pages = reader.pages('backup', 'listBackupVaults', {});
    const vaults = await gathered(pages, ({ BackupVaultList }) => BackupVaultList).catch(() => {
      throw error;
    });
    if (vaults.some(({ BackupVaultArn }) => BackupVaultArn === arn(ref))) throw error;
    throw Object.assign(new Error(`there is no vault ${ref.id}`), { name: gone });
  }
};

/** A vault of the account and region; its id is its name. */
export const backupVault = defineResourceType({
  type: 'AWS::Backup::BackupVault',
  scope: 'regional',
  securityHubType: 'AwsBackupBackupVault',
  live: {
    gone: [gone],
    settlesAfterSeconds: 20,
    announcements: [
      {
        via: 'cloudtrail',
        source: backup.eventSource,
        calls: {
          CreateBackupVault: 'created',
          CreateLogicallyAirGappedBackupVault: 'created',
          PutBackupVaultAccessPolicy: ['policy'],
          DeleteBackupVaultAccessPolicy: ['policy'],
          DeleteBackupVault: 'deleted',
        },
        hides: ['PutBackupVaultAccessPolicy'],
        idsIn: named({
          request: ['backupVaultName'],
          response: ['backupVaultName'],
          idOf: (text) => backup.id('backupVault', text),
        }),
      },
    ],
    list: {
      actions: ['backup:ListBackupVaults'],
      page: async (reader, token) => {
        const { BackupVaultList = [], NextToken } = await reader.call(
          'backup',
          'listBackupVaults',
          { MaxResults: 100, ...(token === undefined ? {} : { NextToken: token }) },
        );
        const { account, region } = reader;
        return {
          // Vaults that other accounts share are listed as well.
          resources: BackupVaultList.flatMap(({ BackupVaultName: id = '', BackupVaultArn }) =>
            BackupVaultArn === arn({ account, region, id }) ? [{ id }] : [],
          ),
          ...(NextToken ? { next: NextToken } : {}),
        };
      },
    },
  },
  arn,
  about: {
    actions: ['backup:ListTags', 'backup:ListBackupVaults'],
    read: async (reader, ref) => {
      const asked = { ResourceArn: arn(ref) };
      const tags = await orGone(reader, ref, async () => {
        const found: Record<string, string> = {};
        for await (const { Tags } of reader.pages('backup', 'listTags', asked))
          Object.assign(found, Tags);
        return found;
      });
      return { arn: arn(ref), tags };
    },
  },
  facets: {
    /** Who may copy backups into it, and what may be done with those that are there; `undefined` where nothing says it. */
    policy: {
      actions: ['backup:GetBackupVaultAccessPolicy', 'backup:ListBackupVaults'],
      absent: ['ResourceNotFoundException'],
      read: async (reader, ref) => {
        const asked = { BackupVaultName: ref.id };
        return orGone(
          reader,
          ref,
          async () => (await reader.call('backup', 'getBackupVaultAccessPolicy', asked)).Policy,
        );
      },
      comparable: asData,
    },
  },
});
