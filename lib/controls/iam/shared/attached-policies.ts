import { type Call, call, fail, pass, propose, type Verdict } from '../../../model/control.ts';

type Attached = readonly { readonly arn: string }[];

/** An identity's policy of AWS's of this name, in whatever partition. */
export const attachedOf = (attached: Attached, name: string): string | undefined =>
  attached.find(({ arn }) => arn.endsWith(`:iam::aws:policy/${name}`))?.arn;

/** Fails where an identity has this policy of AWS's. */
export const evaluateAttached = (attached: Attached, name: string): Verdict => {
  const found = attachedOf(attached, name);
  if (!found) return pass;
  return fail(`${name} is attached`, [{ path: 'attachedPolicies', actual: found, expected: null }]);
};

const kinds = ['user', 'group', 'role'] as const;
type Kind = (typeof kinds)[number];

/** What an ARN of IAM says: what kind of identity it is, its path and its name. */
export const identityOf = (
  arn: string,
): { readonly kind: Kind; readonly path: string; readonly name: string } => {
  const [first, ...rest] = arn.split(':').slice(5).join(':').split('/');
  const kind = kinds.find((one) => one === first);
  if (!kind) throw new Error(`${arn} is no user, group or role`);
  const path = ['', ...rest.slice(0, -1), ''].join('/');
  return { kind, path, name: rest.at(-1) ?? '' };
};

/** For roles that nobody can change in the account. */
export const leaveToAws = propose(
  'AWS owns the role: one of IAM Identity Center is changed by its permission set',
);

// The identity or what is attached is gone: so is what was to be detached.
const gone = ['NoSuchEntity', 'NoSuchEntityException'];

export const detach = (PolicyArn: string, arn: string): Call => {
  const { kind, name } = identityOf(arn);
  if (kind === 'user') return call('iam', 'detachUserPolicy', { UserName: name, PolicyArn }, gone);
  if (kind === 'group')
    return call('iam', 'detachGroupPolicy', { GroupName: name, PolicyArn }, gone);
  return call('iam', 'detachRolePolicy', { RoleName: name, PolicyArn }, gone);
};

export const attach = (PolicyArn: string, arn: string): Call => {
  const { kind, name } = identityOf(arn);
  if (kind === 'user') return call('iam', 'attachUserPolicy', { UserName: name, PolicyArn });
  if (kind === 'group') return call('iam', 'attachGroupPolicy', { GroupName: name, PolicyArn });
  return call('iam', 'attachRolePolicy', { RoleName: name, PolicyArn });
};
