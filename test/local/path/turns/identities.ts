import type { Clients } from '../../../../lib/aws/clients.ts';
import { account, nameOf, type Turn } from './turn.ts';

const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});
const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
});

const newUser = async (clients: Clients) => {
  const UserName = nameOf('turn');
  await (await clients('iam')).createUser({ UserName });
  return UserName;
};

// The local AWS reads no codes.
const codes = { AuthenticationCode1: '123456', AuthenticationCode2: '654321' };
/** A user with a password; the device has the name of the user. */
const withDevice = async (clients: Clients): Promise<string> => {
  const UserName = await newUser(clients);
  const iam = await clients('iam');
  await iam.createLoginProfile({ UserName, Password: 'Not-a-secret-1' });
  await iam.createVirtualMFADevice({ VirtualMFADeviceName: UserName });
  await iam.enableMFADevice({ ...device(UserName), ...codes });
  return UserName;
};
const device = (UserName: string) => ({
  ...{ UserName, SerialNumber: `arn:aws:iam::${account}:mfa/${UserName}` },
});

/** Whoever has it may open a case with AWS Support. */
const supportPolicy = 'arn:aws:iam::aws:policy/AWSSupportAccess';
const ifThere = (error: unknown) => {
  if (Object(error).name !== 'EntityAlreadyExists') throw error;
};
const support = { RoleName: nameOf('support'), PolicyArn: supportPolicy };

const guestsOf = (pool: string) => `guests-${pool.split(':').at(-1)}`;
const trustOfGuests = (pool: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: 'cognito-identity.amazonaws.com' },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { 'cognito-identity.amazonaws.com:aud': pool } },
      },
    ],
  });

export const identityTurns: readonly Turn[] = [
  {
    control: 'IAM.5',
    also: ['IAM.19'],
    type: 'AWS::IAM::User',
    make: withDevice,
    wrong: async (clients, id) => (await clients('iam')).deactivateMFADevice(device(id)),
    right: async (clients, id) =>
      (await clients('iam')).enableMFADevice({ ...device(id), ...codes }),
  },
  {
    control: 'IAM.18',
    type: 'Plumbline::IAM::Account',
    make: async (clients) => {
      const iam = await clients('iam');
      const { RoleName } = support;
      await iam.createRole({ RoleName, AssumeRolePolicyDocument: trust }).catch(ifThere);
      await iam.attachRolePolicy(support);
      return account;
    },
    wrong: async (clients) => (await clients('iam')).detachRolePolicy(support),
    right: async (clients) => (await clients('iam')).attachRolePolicy(support),
  },
  {
    control: 'PL.IAM.3',
    type: 'AWS::IAM::User',
    make: newUser,
    wrong: async (clients, UserName) =>
      (await clients('iam')).putUserPolicy({
        ...{ UserName, PolicyName: 'all', PolicyDocument: everything },
      }),
    right: async (clients, UserName) =>
      (await clients('iam')).deleteUserPolicy({ UserName, PolicyName: 'all' }),
  },
  {
    control: 'PL.IAM.4',
    type: 'AWS::IAM::User',
    make: newUser,
    wrong: async (clients, UserName) =>
      (await clients('iam')).attachUserPolicy({ UserName, PolicyArn }),
    right: async (clients, UserName) =>
      (await clients('iam')).detachUserPolicy({ UserName, PolicyArn }),
  },
  {
    control: 'PL.IAM.5',
    type: 'AWS::IAM::Role',
    make: async (clients) => {
      const RoleName = nameOf('turn');
      await (await clients('iam')).createRole({ RoleName, AssumeRolePolicyDocument: trust });
      return RoleName;
    },
    wrong: async (clients, RoleName) =>
      (await clients('iam')).attachRolePolicy({ RoleName, PolicyArn }),
    right: async (clients, RoleName) =>
      (await clients('iam')).detachRolePolicy({ RoleName, PolicyArn }),
  },
  {
    control: 'PL.COGNITO.1',
    type: 'AWS::Cognito::IdentityPool',
    make: async (clients) => {
      const name = nameOf('turn');
      const cognito = await clients('cognitoidentity');
      const asked = { IdentityPoolName: name, AllowUnauthenticatedIdentities: true };
      const { IdentityPoolId: id = '' } = await cognito.createIdentityPool(asked);
      const { Role } = await (await clients('iam')).createRole({
        ...{ RoleName: guestsOf(id), AssumeRolePolicyDocument: trustOfGuests(id) },
      });
      const roles = { unauthenticated: Role?.Arn ?? '' };
      await cognito.setIdentityPoolRoles({ IdentityPoolId: id, Roles: roles });
      return id;
    },
    wrong: async (clients, id) =>
      (await clients('iam')).putRolePolicy({
        ...{ RoleName: guestsOf(id), PolicyName: 'all', PolicyDocument: everything },
      }),
    right: async (clients, id) =>
      (await clients('iam')).deleteRolePolicy({ RoleName: guestsOf(id), PolicyName: 'all' }),
  },
];
