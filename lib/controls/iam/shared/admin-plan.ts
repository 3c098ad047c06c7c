import { parsePolicy } from '../../../analysis/policies/policy-document.ts';
import { editPolicy } from '../../../analysis/policies/policy-editing.ts';
import { type Call, call, type Plan, propose } from '../../../model/control.ts';
import { adminStatements } from './admin-policy.ts';
import { identityOf, leaveToAws } from './attached-policies.ts';
import { isOwnedByAws } from './trust-policy.ts';

const why = 'which actions are needed is known to those who use the policy';

/** What shows which actions are used: IAM then reports them for whoever has the policy. */
const askForUse = (Arn: string): Call =>
  call('iam', 'generateServiceLastAccessedDetails', { Arn, Granularity: 'ACTION_LEVEL' });

/** A policy of this ARN, or of this identity, without the statements that allow everything; `undefined` where there are none, or nothing else. */
const withoutAdmin = (document: string, arn: string): string | undefined => {
  const [, partition = ''] = arn.split(':');
  const parsed = parsePolicy(document);
  if ('unreadable' in parsed) return undefined;
  const admin = new Set(adminStatements(parsed.statements, partition).map(({ path }) => path));
  if (admin.size === 0) return undefined;
  return editPolicy(document, (statement, path) => (admin.has(path) ? undefined : statement));
};

export const proposeUse = (arn: string): Plan => propose(why, [askForUse(arn)]);

/** IAM keeps five versions of a policy, and which of them can go is not told. */
const mostVersions = 5;

/** A version of the managed policy without its full privileges, where it holds anything else. */
export const proposeVersion = (
  { defaultVersion, versions }: { defaultVersion: string; versions: readonly string[] },
  PolicyArn: string,
): Plan => {
  const PolicyDocument = withoutAdmin(defaultVersion, PolicyArn);
  if (PolicyDocument === undefined) return proposeUse(PolicyArn);
  if (versions.length >= mostVersions)
    return propose(`${why}, and a version has to go first: there are five`, [askForUse(PolicyArn)]);
  const next = call('iam', 'createPolicyVersion', {
    PolicyArn,
    PolicyDocument,
    SetAsDefault: true,
  });
  return propose(why, [askForUse(PolicyArn), next]);
};

const put = (arn: string, PolicyName: string, PolicyDocument: string): Call => {
  const { kind, name } = identityOf(arn);
  const policy = { PolicyName, PolicyDocument };
  if (kind === 'user') return call('iam', 'putUserPolicy', { UserName: name, ...policy });
  if (kind === 'group') return call('iam', 'putGroupPolicy', { GroupName: name, ...policy });
  return call('iam', 'putRolePolicy', { RoleName: name, ...policy });
};

/** Inline policies without their full privileges, those that hold anything else. */
export const proposeInline = (
  inlinePolicies: readonly { readonly name: string; readonly document: string }[],
  arn: string,
): Plan => {
  if (isOwnedByAws(identityOf(arn).path)) return leaveToAws;
  const narrowed = inlinePolicies.flatMap(({ name, document }) => {
    const after = withoutAdmin(document, arn);
    return after === undefined ? [] : [put(arn, name, after)];
  });
  return propose(why, [askForUse(arn), ...narrowed]);
};
