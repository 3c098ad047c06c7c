import type { Network } from '../../../analysis/network/sources.ts';
import { addressesIn, areMany, least } from '../../../analysis/policies/policy-addresses.ts';
import {
  boundOf,
  isBinding,
  type Owners,
  sparedBy,
} from '../../../analysis/policies/policy-bounds.ts';
import { reachOf } from '../../../analysis/policies/policy-conditions.ts';
import type { Principal, Statement } from '../../../analysis/policies/policy-document.ts';
import { coversAction } from '../../../analysis/policies/policy-matching.ts';
import {
  accountOf,
  isDeletedId,
  isFixed,
  namesEverybody,
} from '../../../analysis/policies/principals.ts';
import { onceEach } from '../../../support/once.ts';
import { guestsIn, isCognito, isShared, type OwnTokens, ownTokens } from './oidc-claims.ts';

/** Someone whom a trust policy lets assume its role. */
export interface Trustee {
  /** `Statement[0].Principal`. */
  readonly path: string;
  /** `AWS: *`, `Federated: arn:…:saml-provider/<name>`. */
  readonly principal: string;
  /**
   * Each narrows the callers down by itself; where there is none, anybody can assume the role. In lists, of which those
   * of conditions and of Deny statements are shared by many.
   */
  readonly bounds: readonly (readonly Owners[])[];
  /** Where nothing else narrows them down: the addresses that they come from. */
  readonly addresses?: readonly Network[];
  /** An identity provider of the owner's own of which any token will do, whomever it is for. */
  readonly anyTokenOf?: string;
  /** The one pool of Cognito whose guests are meant, and nobody else: whoever knows its id. */
  readonly guestsOf?: string;
  /** A condition also lets those through who bring no such key: `IfExists`, `ForAllValues`. */
  readonly isLax?: true;
}

const assume = ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML'];

interface Bounds {
  readonly own: readonly Owners[];
  readonly anyTokenOf?: string;
}

const federatedBounds = (id: string, tokensOf: OwnTokens, account: string): Bounds => {
  if (id.includes(':saml-provider/'))
    return { own: isFixed(id) ? [[accountOf(id) ?? 'unknown']] : [] };
  const issuer = id.replace(/^arn:[^/]*:oidc-provider\//, '').toLowerCase();
  const own = [[accountOf(id) ?? account]];
  if (tokensOf(issuer)) return { own };
  return isShared(issuer) || !isFixed(id) ? { own: [] } : { own, anyTokenOf: issuer };
};

const principalBounds = ({ kind, id }: Principal, tokensOf: OwnTokens, account: string): Bounds => {
  if ((kind === 'Service' && isFixed(id)) || isDeletedId(id)) return { own: [[account]] };
  if (kind === 'Federated') return federatedBounds(id, tokensOf, account);
  const owner = accountOf(id) ?? (isFixed(id) ? 'unknown' : undefined);
  return { own: owner === undefined ? [] : [[owner]] };
};

/** Whom the Deny statements about these actions spare; many Allow statements ask for the same ones. */
const sparing = (denials: readonly Statement[], account: string) => {
  const known = new Map<string, readonly Owners[]>();
  return (allowed: readonly string[]): readonly Owners[] => {
    const key = allowed.join(' ');
    const spared =
      known.get(key) ??
      denials
        .filter((deny) => allowed.every((action) => coversAction(deny, action)))
        .flatMap((deny) => sparedBy(deny, account));
    known.set(key, spared);
    return spared;
  };
};

const trusteesOf = (
  allow: Statement,
  sparedFrom: ReturnType<typeof sparing>,
  account: string,
): readonly Trustee[] => {
  const allowed = assume.filter((action) => coversAction(allow, action));
  if (allow.effect !== 'Allow' || allowed.length === 0) return [];
  // Addresses are weighed together with those of other statements.
  const reach = allow.conditions.map(reachOf).reduce(least, 'anybody');
  const addresses = typeof reach === 'string' ? {} : { addresses: reach };
  const conditional = [
    allow.conditions
      .filter(({ key }) => key !== 'aws:sourceip')
      .map((condition) => boundOf(condition, account))
      .filter((bound) => bound !== undefined),
    sparedFrom(allowed),
  ];
  const { principals } = allow;
  const isLax = allow.conditions.some(({ set, ifExists }) => ifExists || set === 'all');
  const lax = isLax ? { isLax: true as const } : {};
  if (!principals || principals.not) {
    const principal = `everybody but ${principals?.list.map(({ id }) => id).join(', ') ?? 'nobody'}`;
    return [
      { path: `${allow.path}.NotPrincipal`, principal, bounds: conditional, ...addresses, ...lax },
    ];
  }
  const binding = allow.conditions.filter(isBinding);
  const tokensOf = ownTokens(binding);
  const guestsOf = guestsIn(binding);
  return principals.list.map((one) => {
    const { own, ...anyToken } = principalBounds(one, tokensOf, account);
    return {
      ...anyToken,
      ...(isCognito(one.id) && guestsOf !== undefined ? { guestsOf } : {}),
      path: `${allow.path}.Principal`,
      principal: `${one.kind}: ${one.id}`,
      bounds: [own, ...(one.kind === 'Federated' ? [] : conditional)],
      ...(one.kind === 'Federated' ? {} : addresses),
      ...lax,
    };
  });
};

/** Callers from a few addresses are not anybody; from many, spread over however many statements, they are. */
const narrowedByAddress = (all: readonly Trustee[]): readonly Trustee[] => {
  const isByAddress = (one: Trustee) => isAnybody(one) && one.addresses !== undefined;
  const reaches = all.filter(isByAddress).map(({ addresses = [] }) => addresses);
  if (areMany(addressesIn(reaches))) return all;
  return all.map((one) => (isByAddress(one) ? { ...one, bounds: [[['unknown']]] } : one));
};

const byAccount = onceEach((_: readonly Statement[]) => new Map<string, readonly Trustee[]>());
/** Everybody whom a trust policy of a role in this account lets assume it. Several controls ask it, and many roles have the same one. */
export const trustees = (statements: readonly Statement[], account: string): readonly Trustee[] => {
  const known = byAccount(statements);
  const found = known.get(account) ?? trusteesAmong(statements, account);
  known.set(account, found);
  return found;
};

const trusteesAmong = (statements: readonly Statement[], account: string): readonly Trustee[] => {
  const denials = statements.filter((one) => one.effect === 'Deny' && namesEverybody(one));
  const sparedFrom = sparing(denials, account);
  return narrowedByAddress(statements.flatMap((allow) => trusteesOf(allow, sparedFrom, account)));
};

export const isAnybody = ({ bounds }: Trustee): boolean =>
  bounds.every((list) => list.length === 0);

/** Anybody, or whoever has a token of the owner's own identity provider. */
export const isTooMany = (trustee: Trustee): boolean =>
  isAnybody(trustee) || trustee.anyTokenOf !== undefined;

/** Tells whether all who can be meant belong to one of the known accounts or organizations. */
export const knowing = (known: ReadonlySet<string>): ((trustee: Trustee) => boolean) => {
  const holdsKnown = onceEach((list: readonly Owners[]) =>
    list.some((owners) => owners.every((owner) => known.has(owner))),
  );
  return ({ bounds }) => bounds.some(holdsKnown);
};

// Service-linked roles, and those of IAM Identity Center: nobody can change them in the account.
export const isOwnedByAws = (path: string): boolean =>
  /^\/aws-(?:service-role|reserved)\//.test(path);
