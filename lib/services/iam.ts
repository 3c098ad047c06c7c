import { defineService } from './service.ts';

export const iam = defineService({
  sdk: () => import('@aws-sdk/client-iam'),
  client: ({ IAM }, settings) => new IAM(settings),
  iam: 'iam',
  eventSource: 'iam.amazonaws.com',
  showsInTheEnd:
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency',
  // A policy comes last: where one is attached to somebody, that somebody is the resource.
  kinds: {
    role: {
      arn: 'arn:{partition}:iam::{account}:role/{id}',
      type: 'AWS::IAM::Role',
      named: ['RoleName'],
    },
    user: {
      arn: 'arn:{partition}:iam::{account}:user/{id}',
      type: 'AWS::IAM::User',
      named: ['UserName'],
    },
    group: {
      arn: 'arn:{partition}:iam::{account}:group/{id}',
      type: 'AWS::IAM::Group',
      named: ['GroupName'],
    },
    policy: {
      arn: 'arn:{partition}:iam::{account}:policy/{id}',
      type: 'AWS::IAM::Policy',
      named: ['PolicyArn'],
    },
    'instance-profile': {
      arn: 'arn:{partition}:iam::{account}:instance-profile/{id}',
      named: ['InstanceProfileName'],
    },
    'saml-provider': {
      arn: 'arn:{partition}:iam::{account}:saml-provider/{id}',
      named: ['SAMLProviderArn'],
    },
    'server-certificate': {
      arn: 'arn:{partition}:iam::{account}:server-certificate/{id}',
      type: 'AWS::IAM::ServerCertificate',
      named: ['ServerCertificateName'],
    },
  },
  pages: [
    {
      tokens: ['Marker', 'Marker'],
      operations: [
        'listAccessKeys',
        'listAttachedGroupPolicies',
        'listAttachedRolePolicies',
        'listAttachedUserPolicies',
        'listEntitiesForPolicy',
        'listGroupPolicies',
        'listGroupsForUser',
        'listMFADevices',
        'listPolicyVersions',
        'listRolePolicies',
        'listUserPolicies',
        'listVirtualMFADevices',
      ],
    },
  ],
  isGlobal: true,
  readOnly: ['GenerateCredentialReport', 'GenerateServiceLastAccessedDetails'],
});
