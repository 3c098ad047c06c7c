import { backupVault } from '../../../lib/resources/backup/backup-vault.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(backupVault);

const aws = awsForTests();
const read = async (id: string, ...names: string[]) => {
  const reading = await aws.reader().read(backupVault, refOf(id), names);
  return reading.gone ? 'gone' : reading.facets;
};
const [full, bare] = ['read-vault-full', 'read-vault-bare'];
const arnOf = (name: string) => `arn:aws:backup:${region}:${accountId}:backup-vault:${name}`;
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::444455556666:root' },
      Action: 'backup:CopyIntoBackupVault',
      Resource: '*',
    },
  ],
});

describe('a vault of AWS Backup', () => {
  beforeAll(async () => {
    const backup = await aws.clients()('backup');
    const BackupVaultTags = { data: 'secret' };
    await backup.createBackupVault({ BackupVaultName: full, BackupVaultTags });
    await backup.putBackupVaultAccessPolicy({ BackupVaultName: full, Policy: policy });
    await backup.createBackupVault({ BackupVaultName: bare });
  }, 60_000);

  it('shows its policy, and none where there is none', async () => {
    expect(await read(full, 'policy')).toEqual({ policy: { value: policy } });
    expect(await read(bare, 'policy')).toEqual({ policy: { value: undefined } });
  });

  // AWS denies what is asked of a vault that is not there.
  it('that is not there is gone, and not denied', async () => {
    expect(await read('never-made', 'policy')).toBe('gone');
  });

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(backupVault, full)).toEqual({ policy: denied, about: denied });
  }, 60_000);

  it('tells its ARN and tags, and is listed', async () => {
    const about = { arn: arnOf(full), tags: { data: 'secret' } };
    expect(await read(full, 'about')).toEqual({ about: { value: about } });
    const { resources } = await backupVault.live.list.page(aws.reader(), undefined);
    expect(resources).toEqual(expect.arrayContaining([{ id: full }, { id: bare }]));
  });
});

it.each<[string, object, unknown]>([
  ['its name', { requestParameters: { backupVaultName: 'orders' } }, ['orders']],
  ['its ARN', { requestParameters: { backupVaultName: arnOf('orders') } }, ['orders']],
  ['nothing', { requestParameters: {} }, 'all'],
])('a vault is named by %s', (_, detail, ids) => {
  const [announcement] = backupVault.live.announcements;
  const eventName = 'PutBackupVaultAccessPolicy';
  expect(announcement?.idsIn({ eventName, ...detail }, accountId)).toEqual(ids);
});
