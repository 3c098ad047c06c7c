import { letsOnlyOwnTokensThrough } from './oidc-claims.ts';
import { letsOnlyKnownThrough } from './policy-conditions.ts';
import type { Condition, Principal, Statement } from './policy-document.ts';
import { coversAction } from './policy-matching.ts';
import { accountOf, isFixed, namesEverybody } from './principals.ts';

/**
 * The accounts and organizations (`o-…`) of which one is a caller's; `unknown` where it is narrowed down to something
 * else, as an address.
 */
export type Owners = readonly string[];
/** Someone whom a trust policy lets assume its role. */
export interface Trustee {
  /** `Statement[0].Principal`. */
  readonly path: string;
  /** `AWS: *`, `Federated: arn:aws:iam::…`. */
  readonly principal: string;
  /** Each narrows the callers down by itself; where there is none, anybody can assume the role. */
  readonly bounds: readonly Owners[];
}

const assume = ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML'];
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
const isBinding = ({ operator, set, ifExists }: Condition): boolean =>
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
const boundOf = (condition: Condition, account: string): Owners | undefined => {
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
const sparedBy = (deny: Statement, account: string): readonly Owners[] => {
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

const federatedBounds = (
  id: string,
  conditions: readonly Condition[],
  account: string,
): readonly Owners[] => {
  if (id.includes(':saml-provider/')) return isFixed(id) ? [[accountOf(id) ?? 'unknown']] : [];
  const issuer = id.replace(/^arn:[^/]*:oidc-provider\//, '').toLowerCase();
  const isHeld = letsOnlyOwnTokensThrough(issuer, conditions.filter(isBinding));
  return isHeld ? [[accountOf(id) ?? account]] : [];
};

const principalBounds = (
  { kind, id }: Principal,
  conditions: readonly Condition[],
  account: string,
): readonly Owners[] => {
  // The unique id of an identity that was deleted stays in the policy: nobody has it any more.
  if ((kind === 'Service' && isFixed(id)) || /^A[A-Z0-9]{15,}$/.test(id)) return [[account]];
  if (kind === 'Federated') return federatedBounds(id, conditions, account);
  const owner = accountOf(id) ?? (isFixed(id) ? 'unknown' : undefined);
  return owner === undefined ? [] : [[owner]];
};

const trusteesOf = (
  allow: Statement,
  denials: readonly Statement[],
  account: string,
): readonly Trustee[] => {
  const allowed = assume.filter((action) => coversAction(allow, action));
  if (allow.effect !== 'Allow' || allowed.length === 0) return [];
  const conditional = [
    ...allow.conditions.map((condition) => boundOf(condition, account)),
    ...denials
      .filter((deny) => allowed.every((action) => coversAction(deny, action)))
      .flatMap((deny) => sparedBy(deny, account)),
  ].filter((bound) => bound !== undefined);
  const { principals } = allow;
  if (!principals || principals.not) {
    const principal = `everybody but ${principals?.list.map(({ id }) => id).join(', ') ?? 'nobody'}`;
    return [{ path: `${allow.path}.NotPrincipal`, principal, bounds: conditional }];
  }
  return principals.list.map((one) => ({
    path: `${allow.path}.Principal`,
    principal: `${one.kind}: ${one.id}`,
    bounds: [
      ...principalBounds(one, allow.conditions, account),
      ...(one.kind === 'Federated' ? [] : conditional),
    ],
  }));
};

/** Everybody whom a trust policy of a role in this account lets assume it. */
export const trustees = (statements: readonly Statement[], account: string): readonly Trustee[] => {
  const denials = statements.filter((one) => one.effect === 'Deny' && namesEverybody(one));
  return statements.flatMap((allow) => trusteesOf(allow, denials, account));
};

export const isAnybody = ({ bounds }: Trustee): boolean => bounds.length === 0;

/** Whether all who can be meant belong to one of the known accounts or organizations. */
export const isKnown = ({ bounds }: Trustee, known: ReadonlySet<string>): boolean =>
  bounds.some((owners) => owners.every((owner) => known.has(owner)));

// Service-linked roles, and those of IAM Identity Center: nobody can change them in the account.
export const isOwnedByAws = (path: string): boolean =>
  /^\/aws-(?:service-role|reserved)\//.test(path);
