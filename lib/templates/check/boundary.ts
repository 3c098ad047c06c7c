import { parsePolicy, type Statement } from '../../analysis/policies/policy-document.ts';
import { isCovered } from '../../analysis/policies/statement-coverage.ts';
import { documentOf } from '../answers/iam.ts';
import type { Stack } from '../stack.ts';
import type { Declaration } from '../template.ts';

/** What a role or a user can do at most. */
export interface Boundary {
  readonly arn: string;
  /** What the policy says; `undefined` where another stack or AWS makes it, or it cannot be read. */
  readonly statements: readonly Statement[] | undefined;
}

const limited: ReadonlySet<string> = new Set(['AWS::IAM::Role', 'AWS::IAM::User']);

/** The permissions boundary of a role or a user; `undefined` where it has none, and of what can have none. */
export const boundaryOf = (declared: Declaration, stack: Stack): Boundary | undefined => {
  if (!limited.has(declared.type)) return undefined;
  const arn = stack.resource(declared).get('PermissionsBoundary').name();
  if (arn === undefined) return undefined;
  const policy = stack.find(['AWS::IAM::ManagedPolicy'], (one) => one.arn === arn);
  if (!policy) return { arn, statements: undefined };
  const parsed = parsePolicy(documentOf(policy.get('PolicyDocument'), stack));
  return { arn, statements: 'unreadable' in parsed ? undefined : parsed.statements };
};

/** Whether a boundary leaves no more than another one of before. */
export const isNoWiderBoundary = (
  now: Boundary | undefined,
  before: Boundary | undefined,
): boolean => {
  if (!before) return true;
  if (!now) return false;
  if (!now.statements || !before.statements)
    return now.arn === before.arn && !now.statements && !before.statements;
  const ofEffect = (all: readonly Statement[], asked: string) =>
    all.filter(({ effect }) => effect === asked);
  const [given, denied] = [ofEffect(now.statements, 'Allow'), ofEffect(now.statements, 'Deny')];
  return (
    given.every((one) => isCovered(one, before.statements ?? [])) &&
    ofEffect(before.statements, 'Deny').every((one) => isCovered(one, denied))
  );
};
