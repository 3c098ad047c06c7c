import type {
  Condition,
  Principal,
  Statement,
} from '../../../analysis/policies/policy-document.ts';
import { coversAction } from '../../../analysis/policies/policy-matching.ts';
import { accountOf, isFixed, namesEverybody } from '../../../analysis/policies/principals.ts';
import { letsOnlyOwnTokensThrough } from './oidc-claims.ts';
import { boundOf, isBinding, type Owners, sparedBy } from './trust-bounds.ts';

/** Someone whom a trust policy lets assume its role. */
export interface Trustee {
  /** `Statement[0].Principal`. */
  readonly path: string;
  /** `AWS: *`, `Federated: arn:…:saml-provider/<name>`. */
  readonly principal: string;
  /** Each narrows the callers down by itself; where there is none, anybody can assume the role. */
  readonly bounds: readonly Owners[];
}

const assume = ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML'];

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
