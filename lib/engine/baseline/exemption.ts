import { matchesGlob } from './glob.ts';

/** A FAIL that somebody answers for until a date: still FAILED, but informational. */
export interface Exemption {
  readonly control: string;
  /** An ARN or an id, exact or as a glob. */
  readonly resource: string;
  /** The other account where it counts, or every one. @default - where Plumbline stands, and the account that an ARN says */
  readonly account?: string;
  /** The unit of the organization in whose accounts it counts, and which these are now. @default - it is of no unit */
  readonly organizationalUnit?: string;
  readonly accounts?: readonly string[];
  readonly owner: string;
  readonly reason: string;
  /** The last moment at which it counts, ISO 8601 in UTC. */
  readonly expires: string;
  /** Whether it is of a resource of this stack, and comes with the release. @default false */
  readonly isOwn?: boolean;
}

/** In place of the id of an account: every account that is governed. */
export const everyAccount = 'all';

/** The account that an ARN says; none of a name, or where a pattern stands in its place. */
export const accountIn = (resource: string): string | undefined => {
  const [arn, , , , account = ''] = resource.split(':');
  return arn === 'arn' && /^\d{12}$/.test(account) ? account : undefined;
};

/** Whether an exemption counts in an account other than that where Plumbline stands. */
export const countsIn = (
  { account: said, accounts, organizationalUnit, resource }: Exemption,
  account: string,
): boolean => {
  if (organizationalUnit !== undefined) return accounts?.includes(account) === true;
  return said === undefined
    ? accountIn(resource) === account
    : said === everyAccount || said === account;
};

/** `exempted until 2027-01-31, owner web team`; of Plumbline's own resources the reason, which no file says. */
export const exemptedText = ({ owner, reason, expires, isOwn }: Exemption): string =>
  isOwn
    ? `exempted by design: ${reason}`
    : `exempted until ${expires.slice(0, 10)}, owner ${owner}`;

export interface ExemptionSubject {
  readonly controlId: string;
  readonly arn: string;
  readonly id: string;
}

/** The exemption that counts for a verdict read at this time; of several the one that counts longest. */
export const exemptionFor = (
  { exemptions }: { readonly exemptions: readonly Exemption[] },
  { controlId, arn, id }: ExemptionSubject,
  at: Date,
): Exemption | undefined =>
  exemptions
    .filter(
      ({ control, resource, expires }) =>
        control === controlId &&
        at.getTime() <= Date.parse(expires) &&
        (matchesGlob(resource, arn) || matchesGlob(resource, id)),
    )
    .reduce<Exemption | undefined>(
      (longest, each) => (longest && longest.expires >= each.expires ? longest : each),
      undefined,
    );

/** What a row keeps of exemptions that a person gave this resource. */
interface Exempted {
  readonly exemptions?: Readonly<Record<string, Omit<Exemption, 'control' | 'resource'>>>;
}

/** The exemption that counts, of the baseline's and of what a person gave this resource: the one that counts longest. */
export const exemptionOn = (
  row: Exempted | undefined,
  baseline: { readonly exemptions: readonly Exemption[] },
  evaluated: ExemptionSubject,
  at: Date,
): Exemption | undefined => {
  const granted = row?.exemptions?.[evaluated.controlId];
  const own = granted && { ...granted, control: evaluated.controlId, resource: evaluated.id };
  return exemptionFor(
    { exemptions: [...baseline.exemptions, ...(own ? [own] : [])] },
    evaluated,
    at,
  );
};
