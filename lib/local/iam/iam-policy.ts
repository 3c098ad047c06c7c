import { type Conditions, conditionsHold } from './iam-conditions.ts';
import { isLike, many, type OneOrMany } from './iam-match.ts';

type Principals = '*' | Readonly<Record<string, OneOrMany<string>>>;
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: OneOrMany<string>;
  readonly NotAction?: OneOrMany<string>;
  readonly Resource?: OneOrMany<string>;
  readonly NotResource?: OneOrMany<string>;
  readonly Principal?: Principals;
  readonly NotPrincipal?: Principals;
  readonly Condition?: Conditions;
}
export interface Policy {
  readonly Statement: OneOrMany<Statement>;
}

/** One thing that a caller wants to do to one resource; `*` where the action knows no resources. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  /** Condition keys in lower case. */
  readonly context: ReadonlyMap<string, readonly string[]>;
}
export type Decision = 'allowed' | 'denied' | 'not allowed';

const coversAction = ({ Action, NotAction }: Statement, action: string) => {
  const isNamed = (pattern: string) => isLike(pattern.toLowerCase(), action.toLowerCase());
  return NotAction ? !many(NotAction).some(isNamed) : many(Action).some(isNamed);
};
const coversResource = ({ Resource, NotResource }: Statement, resource: string) => {
  const isNamed = (pattern: string) => isLike(pattern, resource);
  return NotResource ? !many(NotResource).some(isNamed) : many(Resource).some(isNamed);
};

/** What the statements that `applies` lets through decide: a Deny wins, and nothing is allowed by itself. */
export const decide = (
  policies: readonly Policy[],
  request: Request,
  applies: (statement: Statement) => boolean = (statement) =>
    coversResource(statement, request.resource),
): Decision => {
  const effects = policies
    .flatMap(({ Statement }) => many(Statement))
    .filter(
      (statement) =>
        coversAction(statement, request.action) &&
        applies(statement) &&
        conditionsHold(statement.Condition, request.context),
    )
    .map(({ Effect }) => Effect);
  if (effects.includes('Deny')) return 'denied';
  return effects.includes('Allow') ? 'allowed' : 'not allowed';
};

/** Who calls: each way in which a trust policy may name the caller, `AWS` → its ARNs, `Service` → its name. */
export type Caller = Readonly<Record<string, readonly string[]>>;
const names = (principals: Principals | undefined, caller: Caller): boolean => {
  if (principals === '*') return true;
  return Object.entries(principals ?? {}).some(([kind, listed]) =>
    many(listed).some((name) => (name === '*' && kind === 'AWS') || caller[kind]?.includes(name)),
  );
};

/** What a trust policy decides for a caller; it has no resources, but principals. */
export const decideTrust = (policy: Policy, request: Request, caller: Caller): Decision =>
  decide([policy], request, ({ Principal, NotPrincipal }) =>
    NotPrincipal ? !names(NotPrincipal, caller) : names(Principal, caller),
  );

/** What a resource's own policy decides for a caller. */
export const decideOn = (policy: Policy, request: Request, caller: Caller): Decision =>
  decide(
    [policy],
    request,
    (statement) =>
      coversResource(statement, request.resource) &&
      (statement.NotPrincipal
        ? !names(statement.NotPrincipal, caller)
        : names(statement.Principal, caller)),
  );

/** Policies by kind: a call needs an Allow from every kind that there is, and a Deny from any ends it. */
export interface PolicySets {
  readonly 'identity-based policy': readonly Policy[];
  readonly 'permissions boundary'?: readonly Policy[];
  readonly 'session policy'?: readonly Policy[];
}

/** Why the policies refuse a request, as AWS ends its sentence; undefined where they allow it. */
export const reasonAgainst = (request: Request, sets: PolicySets): string | undefined => {
  const decisions = Object.entries(sets).map(
    ([kind, policies]: [string, readonly Policy[]]) => [kind, decide(policies, request)] as const,
  );
  const denied = decisions.find(([, decision]) => decision === 'denied');
  if (denied) return `with an explicit deny in ${article(denied[0])} ${denied[0]}`;
  const missing = decisions.find(([, decision]) => decision !== 'allowed');
  return missing && `because no ${missing[0]} allows the ${request.action} action`;
};
const article = (kind: string) => (kind.startsWith('i') ? 'an' : 'a');
