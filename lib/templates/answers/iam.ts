import { Unresolved } from '../../model/unresolved.ts';
import type { Part, Stand, StandIn } from '../part.ts';
import type { Findings } from '../resolution/world.ts';
import type { Resource, Stack } from '../stack.ts';
import { type Answer, type Answers, awsError, lastOf, text } from './answer.ts';
import { policyText } from './policy-text.ts';

type Kind = 'User' | 'Group' | 'Role';

const ofAws = ({ template: { deployment } }: Stack, name: string): string =>
  `arn:${deployment.partition}:iam::aws:policy/${name}`;
const adminIn = (stack: Stack): string => ofAws(stack, 'AdministratorAccess');
/** Policies of AWS's that controls are about, and one that none is: each stands for what is open. */
const standingFor = (stack: Stack): Stand =>
  ['AdministratorAccess', 'ReadOnlyAccess', 'AWSCloudShellFullAccess'].map((name) =>
    ofAws(stack, name),
  );

const identityNamed = (stack: Stack, kind: Kind, name: unknown): Resource => {
  const found = stack.find([`AWS::IAM::${kind}`], (one) => one.name === name);
  if (!found) throw awsError('NoSuchEntity');
  return found;
};
const nameIn = (input: Readonly<Record<string, unknown>>, kind: Kind) => input[`${kind}Name`];

export const documentOf = (part: Part, stack: Stack): string =>
  policyText(part, { ...stack.template.deployment, arn: '' });

/** A policy that stands in an identity, wherever the template writes it. */
export interface Inline {
  readonly name: string;
  readonly document: Part;
  readonly resource: Resource;
}
export const inlineOf = (stack: Stack, kind: Kind, identity: Resource): readonly Inline[] => {
  const own = identity.listed('Policies').map((part) => ({
    name: part.get('PolicyName').name() ?? '',
    document: part.get('PolicyDocument'),
    resource: identity,
  }));
  const names = [identity.name];
  const apart = [
    ...stack.leadingTo(names, `${kind}s`, 'AWS::IAM::Policy'),
    ...stack.leadingTo(names, `${kind}Name`, `AWS::IAM::${kind}Policy`),
  ].map((resource) => ({
    name: resource.get('PolicyName').name() ?? resource.declared.logicalId,
    document: resource.get('PolicyDocument'),
    resource,
  }));
  return [...own, ...apart];
};

/** The one of this name that holds. */
export const lastInline = (
  stack: Stack,
  kind: Kind,
  identity: Resource,
  name: string,
): Inline | undefined =>
  lastOf(
    stack,
    `policies ${name} of ${identity.declared.logicalId}`,
    inlineOf(stack, kind, identity).filter((one) => one.name === name),
  );

/** IAM tells no two names apart by their case. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
const asAwsNames = (arn: string, known: readonly string[]): string =>
  known.find((one) => one.toLowerCase() === arn.toLowerCase()) ?? arn;

const ofAccount = /^arn:[\w-]+:iam::\d+:policy\//;
/** A policy of an account is none of AWS's, whatever its name is. */
const orOfAccount =
  (stand: Stand): StandIn =>
  (parts, index) => {
    const [start, hole] = [parts[0], parts[index]];
    return typeof start === 'string' && typeof hole === 'object' && ofAccount.test(start)
      ? [`<${hole.id}>`]
      : stand;
  };

const attachedTo = (stack: Stack, kind: Kind, identity: Resource): readonly string[] => {
  const stand = standingFor(stack);
  const own = identity
    .listed('ManagedPolicyArns')
    .map((one) => asAwsNames(one.text(orOfAccount(stand)) ?? '', stand));
  const apart = stack.leadingTo([identity.name], `${kind}s`, 'AWS::IAM::ManagedPolicy');
  return [...new Set([...own, ...apart.map((one) => one.arn)])];
};

const attached =
  (kind: Kind): Answer =>
  (stack, input) => ({
    AttachedPolicies: attachedTo(stack, kind, identityNamed(stack, kind, nameIn(input, kind))).map(
      (PolicyArn) => ({ PolicyArn, PolicyName: PolicyArn.split('/').at(-1) ?? '' }),
    ),
  });

const inlineNames =
  (kind: Kind): Answer =>
  (stack, input) => ({
    PolicyNames: [
      ...new Set(
        inlineOf(stack, kind, identityNamed(stack, kind, nameIn(input, kind))).map(
          ({ name }) => name,
        ),
      ),
    ],
  });

const inline =
  (kind: Kind): Answer =>
  (stack, input) => {
    const identity = identityNamed(stack, kind, nameIn(input, kind));
    const name = text(input['PolicyName']);
    const found = lastInline(stack, kind, identity, name);
    if (!found) throw awsError('NoSuchEntity');
    return { PolicyName: found.name, PolicyDocument: documentOf(found.document, stack) };
  };

const role: Answer = (stack, { RoleName }) => {
  const found = identityNamed(stack, 'Role', RoleName);
  const trust: Findings<string> = [];
  return {
    Role: {
      Arn: found.arn,
      Path: found.get('Path').name() ?? '/',
      get AssumeRolePolicyDocument() {
        return stack.world.once(trust, () =>
          documentOf(found.get('AssumeRolePolicyDocument'), stack),
        );
      },
      get PermissionsBoundary() {
        const PermissionsBoundaryArn = found.get('PermissionsBoundary').name();
        return PermissionsBoundaryArn === undefined ? undefined : { PermissionsBoundaryArn };
      },
    },
  };
};

/** The groups that a user is in, by the user or by an AWS::IAM::UserToGroupAddition. */
const groupsOf: Answer = (stack, { UserName }) => {
  const user = identityNamed(stack, 'User', UserName);
  const added = stack
    .leadingTo([user.name], 'Users', 'AWS::IAM::UserToGroupAddition')
    .flatMap((one) => one.get('GroupName').name() ?? []);
  const names = new Set([...user.get('Groups').nameList(), ...added]);
  return { Groups: [...names].map((GroupName) => ({ GroupName })) };
};

const managedNamed = (stack: Stack, arn: string): Resource | undefined =>
  stack.find(['AWS::IAM::ManagedPolicy'], (one) => one.arn === arn);

const policy: Answer = (stack, { PolicyArn }) => {
  const arn = text(PolicyArn);
  const found = managedNamed(stack, arn);
  if (!found && arn !== adminIn(stack))
    throw new Unresolved(`what ${arn} says, which is not in the template`);
  const attachments = found
    ? ['Users', 'Groups', 'Roles'].flatMap((kind) => found.get(kind).nameList())
    : [];
  return {
    Policy: {
      Arn: arn,
      DefaultVersionId: 'v1',
      AttachmentCount: attachments.length,
      PermissionsBoundaryUsageCount: 0,
    },
  };
};

const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});
const version: Answer = (stack, { PolicyArn }) => {
  const found = managedNamed(stack, text(PolicyArn));
  const Document = found ? documentOf(found.get('PolicyDocument'), stack) : everything;
  return { PolicyVersion: { Document } };
};

export const iamAnswers: Answers = {
  getRole: role,
  listAttachedRolePolicies: attached('Role'),
  listAttachedUserPolicies: attached('User'),
  listAttachedGroupPolicies: attached('Group'),
  listRolePolicies: inlineNames('Role'),
  listUserPolicies: inlineNames('User'),
  listGroupPolicies: inlineNames('Group'),
  getRolePolicy: inline('Role'),
  getUserPolicy: inline('User'),
  getGroupPolicy: inline('Group'),
  listGroupsForUser: groupsOf,
  getPolicy: policy,
  getPolicyVersion: version,
  listPolicyVersions: () => ({ Versions: [{ VersionId: 'v1', IsDefaultVersion: true }] }),
};
