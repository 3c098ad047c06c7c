import { letsOnlyKnownThrough } from '../../../analysis/policies/policy-conditions.ts';
import type { Condition, Statement } from '../../../analysis/policies/policy-document.ts';
import { accountOf, isFixed } from '../../../analysis/policies/principals.ts';

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
const accountKeys = ['principalaccount', 'principalarn', 'sourceaccount', 'sourcearn'];
const organizationKeys = ['principalorgid', 'principalorgpaths', 'sourceorgid', 'sourceorgpaths'];
// Variables of the role itself. Under a key that callers choose, as sts:ExternalId, they hold nobody.
const ownAccount = /\$\{aws:ResourceAccount\}/i;
const ownOrganization = /^\$\{aws:(?:ResourceOrgID|ResourceOrgPaths)\}(?=\/|$)/i;

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
  if (accountKeys.includes(key)) {
    const id = value.replace(ownAccount, account);
    return isLoose(operator, id) ? undefined : accountOf(id);
  }
  if (!organizationKeys.includes(key)) return undefined;
  return ownOrganization.test(value) ? account : /^o-[a-z0-9]+(?=\/|$)/.exec(value)?.[0];
};

/** Whom a condition holds callers to. `sts:ExternalId` holds nobody: it is no secret, and any account can send it. */
export const boundOf = (condition: Condition, account: string): Owners | undefined => {
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

/** Whom a Deny for everybody spares: all its conditions must hold, so those who escape any one of them. */
export const sparedBy = (deny: Statement, account: string): readonly Owners[] => {
  const spared = deny.conditions
    .filter((condition) => !sparesServices(condition))
    .map(({ operator, set, ...condition }) =>
      // A negated operator also meets those who bring no such key; ForAnyValue does not.
      operator.includes('not') && set !== 'any'
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
