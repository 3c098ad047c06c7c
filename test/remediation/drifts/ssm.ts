import { type Drift, uniqueName } from '../drift.ts';

const SettingId = '/ssm/documents/console/public-sharing-permission';

export const ssmDrifts: readonly Drift[] = [
  {
    control: 'SSM.4',
    type: 'AWS::SSM::Document',
    title: 'somebody shares a document with everybody',
    arrange: async (clients) => {
      const Name = uniqueName('drift');
      const ssm = await clients('ssm');
      const Content = JSON.stringify({
        schemaVersion: '2.2',
        description: 'what a host does',
        mainSteps: [
          { action: 'aws:runShellScript', name: 'run', inputs: { runCommand: ['true'] } },
        ],
      });
      await ssm.createDocument({ Name, Content, DocumentType: 'Command' });
      return Name;
    },
    drift: async (clients, Name) =>
      (await clients('ssm')).modifyDocumentPermission({
        Name,
        PermissionType: 'Share',
        AccountIdsToAdd: ['all'],
      }),
  },
  {
    control: 'SSM.7',
    type: 'Plumbline::SSM::Region',
    title: 'somebody lets documents of the region be shared with everybody',
    arrange: async (clients) => {
      await (await clients('ssm')).updateServiceSetting({ SettingId, SettingValue: 'Disable' });
      return 'us-east-1';
    },
    drift: async (clients) =>
      (await clients('ssm')).updateServiceSetting({ SettingId, SettingValue: 'Enable' }),
  },
];
