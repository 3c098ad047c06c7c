import type { Clients } from '../../../../lib/aws/clients.ts';
import { nameOf, type Turn } from './turn.ts';

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

export const identityTurns: readonly Turn[] = [
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
];
