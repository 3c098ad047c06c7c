import { defineService } from './service.ts';

export const backup = defineService({
  sdk: () => import('@aws-sdk/client-backup'),
  client: ({ Backup }, settings) => new Backup(settings),
  iam: 'backup',
  // https://docs.aws.amazon.com/aws-backup/latest/devguide/logging-using-cloudtrail.html
  eventSource: 'backup.amazonaws.com',
  kinds: {
    backupVault: {
      arn: 'arn:{partition}:backup:{region}:{account}:backup-vault:{id}',
      type: 'AWS::Backup::BackupVault',
      named: ['BackupVaultName', 'ResourceArn'],
    },
  },
  pages: [{ tokens: ['NextToken', 'NextToken'], operations: ['listBackupVaults', 'listTags'] }],
});
