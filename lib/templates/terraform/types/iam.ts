import {
  declares,
  each,
  Made,
  type Mapping,
  type Mappings,
  only,
  unlessEmpty,
} from '../mapping.ts';

type Kind = 'Role' | 'User' | 'Group';
const nameOf = (kind: Kind) => `${kind}Name`;

const inline = each('inline_policy', { PolicyName: 'name', PolicyDocument: 'policy' });
/** A policy that stands in one identity. */
const policyOf = (kind: Kind, by: string): Mapping =>
  declares(`AWS::IAM::${kind}Policy`, {
    [nameOf(kind)]: by,
    PolicyName: 'name',
    PolicyDocument: 'policy',
  });
/** A policy that somebody attaches to one identity. */
const attachment = (kind: Kind, by: string, policies = 'policy_arn'): Mapping =>
  declares(
    `AWS::IAM::${kind}`,
    { ManagedPolicyArns: only(policies) },
    { of: { by, name: nameOf(kind) } },
  );
/** As often as there are identities in a list. */
const attachedTo = (kind: Kind, by: string) => ({
  as: `AWS::IAM::${kind}`,
  properties: { ManagedPolicyArns: only('policy_arn') },
  of: { by, name: nameOf(kind) },
});

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role */
export const iamTypes: Mappings = {
  aws_iam_role: declares('AWS::IAM::Role', {
    RoleName: 'name',
    Path: 'path',
    AssumeRolePolicyDocument: 'assume_role_policy',
    Policies: inline,
    ManagedPolicyArns: 'managed_policy_arns',
    PermissionsBoundary: unlessEmpty('permissions_boundary'),
  }),
  aws_iam_user: declares('AWS::IAM::User', {
    UserName: 'name',
    Path: 'path',
    PermissionsBoundary: unlessEmpty('permissions_boundary'),
  }),
  aws_iam_group: declares('AWS::IAM::Group', { GroupName: 'name', Path: 'path' }),
  aws_iam_policy: declares(
    'AWS::IAM::ManagedPolicy',
    { ManagedPolicyName: 'name', PolicyDocument: 'policy' },
    { names: ['id', 'arn'] },
  ),
  aws_iam_role_policy: policyOf('Role', 'role'),
  aws_iam_user_policy: policyOf('User', 'user'),
  aws_iam_group_policy: policyOf('Group', 'group'),
  aws_iam_role_policy_attachment: attachment('Role', 'role'),
  aws_iam_user_policy_attachment: attachment('User', 'user'),
  aws_iam_group_policy_attachment: attachment('Group', 'group'),
  aws_iam_role_policy_attachments_exclusive: attachment('Role', 'role_name', 'policy_arns'),
  aws_iam_user_policy_attachments_exclusive: attachment('User', 'user_name', 'policy_arns'),
  aws_iam_group_policy_attachments_exclusive: attachment('Group', 'group_name', 'policy_arns'),
  aws_iam_policy_attachment: {
    declares: [
      attachedTo('Role', 'roles'),
      attachedTo('User', 'users'),
      attachedTo('Group', 'groups'),
    ],
  },
  aws_iam_group_membership: declares('AWS::IAM::UserToGroupAddition', {
    GroupName: 'group',
    Users: 'users',
  }),
  aws_iam_user_group_membership: declares(
    'AWS::IAM::User',
    { Groups: new Made(({ view }) => view.get('groups').tree(), 'groups') },
    { of: { by: 'user', name: 'UserName' } },
  ),
};
