import { letsOnlyKnownThrough } from './policy-conditions.ts';
import type { Condition, Statement } from './policy-document.ts';
import { isOwnOrganization, own, withOwner } from './policy-variables.ts';
import { accountOf, isFixed } from './principals.ts';

/**
 * The accounts and organizations (`o-…`) of which one is a caller's; `unknown` where it is narrowed down to something
 * else, as an address.
 */
export type Owners = readonly string[];

const textOperators = [
  'arnequals',
  'arnlike',
  'stringequals',
  'stringequalsignorecase',
  'stringlike',
];
const accountKeys = [
  ...['principalaccount', 'principalarn', 'sourceaccount', 'sourcearn', 'sourceowner'],
  'kms:calleraccount',
];
const organizationKeys = ['principalorgid', 'principalorgpaths', 'sourceorgid', 'sourceorgpaths'];

// IfExists and ForAllValues also let those through who bring no such key.
export const isBinding = ({ operator, set, ifExists }: Condition): boolean =>
  textOperators.includes(operator) && !ifExists && set !== 'all';

// StringLike lets a wildcard stand for colons too, and the path of a role may hold colons: arn:*:iam::<account>:role/a
// meets roles of every account. The Arn operators compare part by part (IAM user guide).
const isLoose = (operator: string, arn: string): boolean =>
  operator === 'stringlike' && !isFixed(arn.split(':', 4).join(':'));

const ownerIn = (
  { operator }: Condition,
  key: string,
  value: string,
  account: string,
): string | undefined => {
  // Under a key that callers choose, as sts:ExternalId, a variable of the role holds nobody.
  const id = withOwner(key, value, { account, organization: undefined });
  if (accountKeys.includes(key)) return isLoose(operator, id) ? undefined : accountOf(id);
  if (!organizationKeys.includes(key)) return undefined;
  return isOwnOrganization(value) ? account : /^o-[a-z0-9]+(?=\/|$)/.exec(value)?.[0];
};

/** Whom a condition holds callers to. `sts:ExternalId` holds nobody: it is no secret, and any account can send it. */
export const boundOf = (asked: Condition, account: string): Owners | undefined => {
  const condition = own(asked);
  const key = condition.key.replace(/^aws:/, '');
  const owners = condition.values.map((value) => ownerIn(condition, key, value, account));
  const known = owners.filter((owner) => owner !== undefined);
  if (isBinding(condition) && known.length > 0 && known.length === owners.length) return known;
  return letsOnlyKnownThrough(condition) ? ['unknown'] : undefined;
};

// Spares services as well, which are nobody's; a Deny of services alone says nothing of all others.
const sparesServices = ({ operator, key, values }: Condition): boolean =>
  operator === 'bool' &&
  key === 'aws:principalisawsservice' &&
  values.length > 0 &&
  values.every((value) => value.toLowerCase() === 'false');

/** Whether the variables of a Deny can be resolved for every caller, and whoever the owner is: else it may be void. */
const isSureInDeny = ({ key, values }: Pick<Condition, 'key' | 'values'>): boolean =>
  !key.startsWith('aws:resource') && !values.some(isOwnOrganization);

/** Whom a Deny for everybody spares: all its conditions must hold, so those who escape any one of them. */
export const sparedBy = (deny: Statement, account: string): readonly Owners[] => {
  const spared = deny.conditions
    .filter((condition) => !sparesServices(condition))
    .map(({ operator, set, ...condition }) =>
      // A negated operator also meets those who bring no such key; ForAnyValue does not.
      operator.includes('not') && set !== 'any' && isSureInDeny(condition)
        ? boundOf(
            {
              ...condition,
              operator: operator.replace('not', ''),
              set: undefined,
              ifExists: false,
            },
            account,
          )
        : undefined,
    );
  const known = spared.filter((owners) => owners !== undefined);
  return known.length === spared.length ? [known.flat()] : [];
};
