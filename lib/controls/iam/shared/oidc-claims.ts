import type { Condition } from '../../../analysis/policies/policy-document.ts';
import { isFixed } from '../../../analysis/policies/principals.ts';

const cognito = 'cognito-identity.amazonaws.com';

/** Whether a claim held to this value can only be had by the owner's own. */
type IsOwn = (value: string) => boolean;
type OwnClaims = Readonly<Record<string, IsOwn>>;

/** `kind:owner/…` or `kind:owner:…`, the owner spelled out. */
const namesOwner: IsOwn = (value) => isFixed(value) || /^[^:*?$]+:[^:/*?$]+[:/]/.test(value);
const namesPath: IsOwn = (value) => /^[^/*?$]+\//.test(value);

// The parts of GitHub's subject can be chosen by whoever owns the repository: only these say whose it is.
const ownerOnGitHub =
  /(?:^|:)(?:repo|repository|repository_id|repository_owner|repository_owner_id|job_workflow_ref|enterprise|enterprise_id):[^:/]+[:/]/;
const namesOwnerOnGitHub: IsOwn = (value) =>
  ownerOnGitHub.test(isFixed(value) ? `${value}:` : (/^[^*?$]*/.exec(value)?.[0] ?? ''));

// Not "actor": a run in whosesoever repository has whoever set it off for its actor, a bot as dependabot[bot] too.
const gitHub: OwnClaims = {
  sub: namesOwnerOnGitHub,
  repository: namesPath,
  job_workflow_ref: namesPath,
  ...{ repository_id: isFixed, repository_owner_id: isFixed, repository_owner: isFixed },
  enterprise_id: isFixed,
};
const bySubject: OwnClaims = { sub: namesOwner };
const byAudience: OwnClaims = { aud: isFixed, sub: isFixed };

/**
 * Issuers that serve everybody under one URL, and the claims that tell one customer from the others: "Identity-provider
 * controls for shared OIDC providers" and "Available keys for AWS OIDC federation" in the IAM user guide. Where the
 * audience is missing, everybody can ask the issuer for whatever audience he likes.
 */
const sharedIssuers: Readonly<Record<string, OwnClaims>> = {
  'token.actions.githubusercontent.com': gitHub,
  'vstoken.actions.githubusercontent.com': gitHub,
  'oidc-configuration.audit-log.githubusercontent.com': { sub: isFixed },
  'gitlab.com': bySubject,
  'app.terraform.io': bySubject,
  'agent.buildkite.com': bySubject,
  'oidc.codefresh.io': bySubject,
  'scalr.io': bySubject,
  'studio.datachain.ai/api': bySubject,
  'proidc.upbound.io': bySubject,
  'tokens.cloud.shisho.dev': bySubject,
  'api.pulumi.com/oidc': byAudience,
  'oidc.vercel.com': byAudience,
  'sandboxes.cloud': byAudience,
  [cognito]: byAudience,
  'accounts.google.com': { ...byAudience, oaud: isFixed, email: isFixed },
  'graph.facebook.com': { app_id: isFixed, id: isFixed },
  'www.amazon.com': { app_id: isFixed, user_id: isFixed },
};
/** Whether an issuer serves everybody under one URL; any other is the owner's own, as that of one EKS cluster is. */
export const isShared = (issuer: string): boolean => Object.hasOwn(sharedIssuers, issuer);

// Tokens of the owner's own issuer are for his own people or machines, so any claim tells them apart that is held to
// something. But not the audience: it says which service a token is for, and all of a cluster's pods get one for STS
// ("IAM roles for service accounts" in the EKS user guide).
const tellsApart = (claim: string): IsOwn =>
  claim === 'aud' ? () => false : (value) => /^[^*?$]/.test(value);

// A pool's guests hold "unauthenticated" here, and whoever knows the pool's id can be a guest.
const keepsGuestsOut = ({ key, values }: Condition): boolean =>
  (key === `${cognito}:amr` && !values.some((value) => /[*?]|^unauthenticated$/.test(value))) ||
  (key === `${cognito}:sub` && values.every(isFixed));

export const isCognito = (issuer: string): boolean => issuer === cognito;

/** The pool whose guests alone conditions let through; `undefined` where they say it not, or of more than one. */
export const guestsIn = (conditions: readonly Condition[]): string | undefined => {
  const valuesOf = (claim: string) =>
    conditions.filter(({ key }) => key === `${cognito}:${claim}`).flatMap(({ values }) => values);
  const [pool, ...others] = new Set(valuesOf('aud'));
  const kinds = new Set(valuesOf('amr'));
  const isGuests = kinds.size === 1 && kinds.has('unauthenticated');
  return isGuests && pool !== undefined && others.length === 0 && isFixed(pool) ? pool : undefined;
};

/** Tells of an issuer whether conditions let only tokens of it through that the owner's own people or machines can get. */
export type OwnTokens = (issuer: string) => boolean;

/** Conditions by what stands before each colon of their key, one of which is the issuer: `<issuer>:sub`. */
const byIssuer = (conditions: readonly Condition[]): ReadonlyMap<string, readonly Condition[]> => {
  const found = new Map<string, Condition[]>();
  for (const condition of conditions) {
    const { key } = condition;
    for (let at = key.indexOf(':'); at !== -1; at = key.indexOf(':', at + 1)) {
      const issuer = key.slice(0, at);
      const same = found.get(issuer);
      if (same) same.push(condition);
      else found.set(issuer, [condition]);
    }
  }
  return found;
};

export const ownTokens = (conditions: readonly Condition[]): OwnTokens => {
  const known = byIssuer(conditions);
  const answers = new Map<string, boolean>();
  const isOwn = (issuer: string): boolean => {
    const ownClaims = isShared(issuer) ? sharedIssuers[issuer] : undefined;
    const about = known.get(issuer) ?? [];
    const isHeld = about.some(({ key, values }) => {
      const claim = key.slice(issuer.length + 1);
      const isOwnClaim = ownClaims ? ownClaims[claim] : tellsApart(claim);
      return isOwnClaim !== undefined && values.length > 0 && values.every(isOwnClaim);
    });
    return isHeld && (issuer !== cognito || about.some(keepsGuestsOut));
  };
  return (issuer) => {
    const answer = answers.get(issuer) ?? isOwn(issuer);
    answers.set(issuer, answer);
    return answer;
  };
};
