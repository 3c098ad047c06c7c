import { namedIn } from '../../support/named-in.ts';
import type { Condition } from './policy-document.ts';

/** Whose a resource is, put in for the variables that stand for it. */
interface Owner {
  readonly account: string;
  /** Variables of it stay where it is not known. */
  readonly organization: string | undefined;
}

// No caller can choose these: they are of the resource ("Policy variables" and "Global condition keys", IAM user guide).
const ownAccount = /\$\{aws:ResourceAccount\}/gi;
const ownOrganization = /^\$\{aws:(?:ResourceOrgID|ResourceOrgPaths)\}(?=\/|$)/i;

export const isOwnOrganization = (value: string): boolean => ownOrganization.test(value);

/** A value with the variables of the resource's owner put in; of an organization where the key is about one. */
export const withOwner = (key: string, value: string, { account, organization }: Owner): string => {
  const known = value.replace(ownAccount, account);
  return organization !== undefined && /org(id|paths)$/.test(key)
    ? known.replace(ownOrganization, organization)
    : known;
};

const variable = (name: string): string => `\${${name}}`;

// The comparison the other way round: the owner must be what the caller is.
const turned: Readonly<Record<string, readonly [pattern: RegExp, key: string, value: string]>> = {
  'aws:resourceaccount': [
    /^\$\{aws:PrincipalAccount\}$/i,
    'aws:principalaccount',
    variable('aws:ResourceAccount'),
  ],
  'aws:resourceorgid': [
    /^\$\{aws:PrincipalOrgID\}$/i,
    'aws:principalorgid',
    variable('aws:ResourceOrgID'),
  ],
};

/**
 * A condition with the key of the caller on its left. Only that of an Allow: for callers without an account the
 * variable cannot be resolved, and a Deny may then be void.
 */
export const own = (condition: Condition): Condition => {
  const [pattern, key, value] = namedIn(turned, condition.key) ?? [];
  const isTurned =
    pattern !== undefined &&
    !condition.operator.includes('not') &&
    condition.values.length > 0 &&
    condition.values.every((one) => pattern.test(one));
  return isTurned && key !== undefined && value !== undefined
    ? { ...condition, key, values: [value] }
    : condition;
};
