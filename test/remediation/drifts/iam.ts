import type { Clients } from '../../../lib/aws/clients.ts';
import { type Drift, uniqueName } from '../drift.ts';

const Path = '/drifts/';
const own = { AWS: 'arn:aws:iam::123456789012:root' };
const readOnly = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const cloudShell = 'arn:aws:iam::aws:policy/AWSCloudShellFullAccess';

const trust = (...principals: readonly unknown[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: principals.map((Principal) => ({
      Effect: 'Allow',
      Principal,
      Action: 'sts:AssumeRole',
    })),
  });

const newUser = async (clients: Clients): Promise<string> => {
  const UserName = uniqueName('drift');
  await (await clients('iam')).createUser({ UserName, Path });
  return UserName;
};
/** A user with a key that is inactive. */
const newKeyHolder = async (clients: Clients): Promise<string> => {
  const UserName = await newUser(clients);
  const iam = await clients('iam');
  const { AccessKey } = await iam.createAccessKey({ UserName });
  await iam.updateAccessKey({ UserName, AccessKeyId: AccessKey?.AccessKeyId, Status: 'Inactive' });
  return UserName;
};
const activate = async (clients: Clients, UserName: string): Promise<void> => {
  const iam = await clients('iam');
  const { AccessKeyMetadata = [] } = await iam.listAccessKeys({ UserName });
  for (const { AccessKeyId } of AccessKeyMetadata)
    await iam.updateAccessKey({ UserName, AccessKeyId, Status: 'Active' });
};

const newRole = async (clients: Clients): Promise<string> => {
  const RoleName = uniqueName('drift');
  const iam = await clients('iam');
  await iam.createRole({ RoleName, Path, AssumeRolePolicyDocument: trust(own) });
  await iam.attachRolePolicy({ RoleName, PolicyArn: readOnly });
  return RoleName;
};

/** A key that is made now is as old, and as long unused, as Plumbline comes later. */
const keyDrift = (control: string, daysLater: number): Drift => ({
  control,
  type: 'AWS::IAM::User',
  title: `somebody activates a key that nobody has used for ${daysLater} days`,
  daysLater,
  arrange: newKeyHolder,
  drift: activate,
});

const trustDrift = (control: string, title: string, ...principals: readonly unknown[]): Drift => ({
  control,
  type: 'AWS::IAM::Role',
  title,
  arrange: newRole,
  drift: async (clients, RoleName) =>
    (await clients('iam')).updateAssumeRolePolicy({
      RoleName,
      PolicyDocument: trust(...principals),
    }),
});

const title = 'somebody attaches AWSCloudShellFullAccess';

export const iamDrifts: readonly Drift[] = [
  keyDrift('IAM.3', 91),
  keyDrift('IAM.8', 91),
  keyDrift('IAM.22', 46),
  {
    control: 'PL.IAM.7',
    type: 'AWS::IAM::User',
    title: 'somebody activates the key that came with a user',
    arrange: async (clients) => {
      const UserName = await newKeyHolder(clients);
      await (await clients('iam')).createLoginProfile({ UserName, Password: 'of-a-Drift-7' });
      return UserName;
    },
    drift: activate,
  },
  {
    control: 'IAM.27',
    type: 'AWS::IAM::User',
    title,
    arrange: newUser,
    drift: async (clients, UserName) =>
      (await clients('iam')).attachUserPolicy({ UserName, PolicyArn: cloudShell }),
  },
  {
    control: 'IAM.27',
    type: 'AWS::IAM::Group',
    title,
    arrange: async (clients) => {
      const GroupName = uniqueName('drift');
      await (await clients('iam')).createGroup({ GroupName, Path });
      return GroupName;
    },
    drift: async (clients, GroupName) =>
      (await clients('iam')).attachGroupPolicy({ GroupName, PolicyArn: cloudShell }),
  },
  {
    control: 'IAM.27',
    type: 'AWS::IAM::Role',
    title,
    arrange: newRole,
    drift: async (clients, RoleName) =>
      (await clients('iam')).attachRolePolicy({ RoleName, PolicyArn: cloudShell }),
  },
  trustDrift('PL.IAM.1', 'somebody lets everybody assume the role', '*'),
  trustDrift('PL.IAM.1', 'somebody adds everybody', { AWS: [own.AWS, '*'] }),
  trustDrift('PL.IAM.2', 'somebody adds an account', own, { AWS: '333333333333' }),
];

/** On the local AWS alone: moto has no Access Analyzer. */
export const analyzerDrifts: readonly Drift[] = [
  {
    control: 'IAM.28',
    type: 'Plumbline::AccessAnalyzer::Region',
    title: 'somebody deletes the analyzer',
    arrange: async (clients) => {
      const analyzers = await clients('accessanalyzer');
      await analyzers.createAnalyzer({ analyzerName: 'theirs', type: 'ACCOUNT' });
      return 'us-east-1';
    },
    drift: async (clients) =>
      (await clients('accessanalyzer')).deleteAnalyzer({ analyzerName: 'theirs' }),
  },
];
