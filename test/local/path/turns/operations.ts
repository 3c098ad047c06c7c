import type { Clients } from '../../../../lib/aws/clients.ts';
import { type Setting, turnOf } from './setting.ts';
import { region, type Turn } from './turn.ts';

/** Machines get a role by a profile, which is associated with them. */
const profileOf = async (clients: Clients, instance: string, isRight: boolean) => {
  const ec2 = await clients('ec2');
  if (isRight)
    return ec2.associateIamInstanceProfile({
      ...{ InstanceId: instance, IamInstanceProfile: { Name: instance } },
    });
  const { IamInstanceProfileAssociations = [] } = await ec2.describeIamInstanceProfileAssociations({
    Filters: [{ Name: 'instance-id', Values: [instance] }],
  });
  const [found] = IamInstanceProfileAssociations;
  return ec2.disassociateIamInstanceProfile({ AssociationId: found?.AssociationId });
};

const settings: readonly Setting[] = [
  {
    control: 'PL.EC2.12',
    type: 'AWS::EC2::Instance',
    create: async (clients) => {
      const ec2 = await clients('ec2');
      const { Images: [image] = [] } = await ec2.describeImages({ Owners: ['amazon'] });
      const { Instances: [made] = [] } = await ec2.runInstances({
        ...{ ImageId: image?.ImageId, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 },
      });
      const InstanceProfileName = made?.InstanceId;
      await (await clients('iam')).createInstanceProfile({ InstanceProfileName });
      return InstanceProfileName;
    },
    set: profileOf,
  },
  {
    control: 'PL.IAM.6',
    type: 'AWS::IAM::User',
    create: async (clients, UserName) => {
      const iam = await clients('iam');
      await iam.createUser({ UserName });
      await iam.createAccessKey({ UserName });
      await iam.createAccessKey({ UserName });
      return UserName;
    },
    set: async (clients, UserName, isRight) => {
      const iam = await clients('iam');
      const { AccessKeyMetadata = [] } = await iam.listAccessKeys({ UserName });
      const AccessKeyId = AccessKeyMetadata[0]?.AccessKeyId;
      return iam.updateAccessKey({
        ...{ UserName, AccessKeyId, Status: isRight ? 'Inactive' : 'Active' },
      });
    },
  },
  {
    control: 'PL.SSM.1',
    type: 'AWS::SSM::Document',
    create: async (clients, Name) => {
      const runs = { action: 'aws:runShellScript', name: 'run', inputs: { runCommand: ['true'] } };
      const Content = JSON.stringify({
        ...{ schemaVersion: '2.2', description: 'what a host does', mainSteps: [runs] },
      });
      await (await clients('ssm')).createDocument({ Name, Content, DocumentType: 'Command' });
      return Name;
    },
    set: async (clients, Name, isRight) =>
      (await clients('ssm')).modifyDocumentPermission({
        ...{ Name, PermissionType: 'Share' },
        [isRight ? 'AccountIdsToRemove' : 'AccountIdsToAdd']: ['999999999999'],
      }),
  },
  {
    ...{ control: 'SSM.6', type: 'Plumbline::SSM::Region', create: async () => region },
    set: async (clients, _, isRight) =>
      (await clients('ssm')).updateServiceSetting({
        SettingId: '/ssm/automation/customer-script-log-destination',
        SettingValue: isRight ? 'CloudWatch' : 'None',
      }),
  },
];

export const operationTurns: readonly Turn[] = settings.map(turnOf);
