import type { Baseline } from '../../../engine/baseline/baseline.ts';
import { everyAccount } from '../../../engine/baseline/exemption.ts';
import { isActive } from '../../../engine/baseline/organization.ts';
import { inTags } from '../../../reports/compliance/in-tags.ts';
import type { Recorded } from '../../../reports/compliance/record.ts';
import type { Source } from '../../../reports/compliance/report.ts';
import {
  everything,
  inRegions,
  isOfAccount,
  isOfRegion,
  type Scope,
  type Tag,
  tagText,
} from '../../../reports/compliance/scope.ts';
import { UserError } from '../../../support/user-error.ts';
import {
  type AccountsAsked,
  accountsAsked,
  accountsOptions,
} from '../../accounts/accounts-asked.ts';
import { ofPlaces } from '../../accounts/of-accounts.ts';
import type { NamedInstallation } from '../../installed-named.ts';
import { regionsNamed } from '../../regions.ts';
import { tagOption, tagsNamed } from '../../tags.ts';

/** What a report is made of. */
export type SourceKind = 'a scan' | '--scan' | '--stack' | '--from';

/** What somebody asks a report to be of. */
export interface ScopeAsked extends Scope {
  /** Ids of organizational units, of whose accounts alone it is. */
  readonly units: readonly string[];
  /** Of a scan that is made now, in which accounts, and by which role. @default - in that of the credentials */
  readonly as?: AccountsAsked;
}
export const allAsked: ScopeAsked = { ...everything, units: [] };

export const scopeOptions = { ...accountsOptions, ...tagOption } as const;
export const scopeUsage = `What the report covers. By default everything:
  --account <list>      only these accounts: of a scan that is made now, those that are read
  --organizational-unit <list>  only accounts in these units of the organization, and below; not of --scan
  --region <list>       only these regions, and what is in no one region
  --tag <key[=value]>   only resources with this tag: of a scan that is made now, or where reportTags in
                        the baseline names its key: of --scan, --stack and --from
A scan of files has no account, region or tag: it is always covered whole.
  --organization, --role, --external-id  of a scan that is made now, as a scan has them`;

interface Said {
  readonly account?: string[] | undefined;
  readonly organization?: boolean | undefined;
  readonly 'organizational-unit'?: string[] | undefined;
  readonly role?: string | undefined;
  readonly 'external-id'?: string | undefined;
  readonly region?: readonly string[] | undefined;
  readonly tag?: readonly string[] | undefined;
}

const checkTogether = (kind: SourceKind, said: Said): void => {
  if (kind === 'a scan') return;
  for (const name of ['organization', 'role', 'external-id'] as const)
    if (said[name] !== undefined && said[name] !== false)
      throw new UserError(`--${name} is of a scan that is made now, and does not go with ${kind}`);
  if (kind === '--scan' && said['organizational-unit'] !== undefined)
    throw new UserError(
      '--organizational-unit does not go with --scan: a saved scan does not say in which unit its account is; name accounts by --account',
    );
};

/** What the options say; throws a sentence where the source cannot tell. */
export const scopeAsked = (kind: SourceKind, said: Said): ScopeAsked => {
  checkTogether(kind, said);
  const as = accountsAsked({ ...said, organization: said.organization ?? false });
  const named = (as?.accounts ?? []).filter((one) => one !== everyAccount);
  return {
    accounts: named,
    units: as?.units ?? [],
    regions: regionsNamed(said.region),
    tags: tagsNamed(said.tag),
    ...(as ? { as } : {}),
  };
};

/** Refuses a tag that an installation does not keep: it would know it of nothing. */
export const checkKept = (
  tags: readonly Tag[],
  { reportTags = [] }: Pick<Baseline, 'reportTags'>,
  stack: string,
  kind: '--stack' | '--from',
): void => {
  const other = tags.find(({ key }) => !reportTags.includes(key));
  if (other)
    throw new UserError(
      `--tag is ${tagText(other)}, and ${stack} keeps ${reportTags.length === 0 ? 'no tags' : `the tags ${reportTags.join(', ')} alone`}: name ${other.key} under reportTags in the baseline and deploy it, or leave ${kind} out, and the account is scanned now`,
    );
};

/** The accounts that are asked for, of an installation that knows them; none where all are. */
export const accountsIn = (
  { accounts, units }: ScopeAsked,
  { account, baseline, roster }: Pick<NamedInstallation, 'account' | 'baseline' | 'roster'>,
): readonly string[] => {
  if (accounts.length + units.length === 0) return [];
  const isAsked = ofPlaces(
    { account: accounts, 'organizational-unit': units },
    { stack: { account }, baseline, roster },
  );
  const listed = (roster?.accounts ?? []).filter(isActive).map(({ id }) => id);
  const known = new Set([account, ...(baseline.accounts ?? []), ...listed]);
  const found = [...known].filter((id) => isAsked({ account: id }));
  if (found.length > 0) return found;
  throw new UserError(
    'no active account that is named is in the organizational units that are named',
  );
};

const checkSeen = (
  wanted: readonly string[],
  seen: readonly string[],
  what: 'account' | 'region',
): void => {
  const other = wanted.find((one) => !seen.includes(one));
  if (other !== undefined)
    throw new UserError(
      `no file is of ${what} ${other}; they are of ${[...new Set(seen)].join(', ')}`,
    );
};

const checkDeclared = (scan: Recorded, { accounts, regions }: Scope): void => {
  if (scan.source !== 'declared') return;
  if (accounts.length + regions.length === 0) return;
  const name = accounts.length > 0 ? 'account' : 'region';
  throw new UserError(
    `--${name} does not go with what files declare: a file does not say in which ${name} it will be deployed`,
  );
};

/** A scan as far as it is asked for; `undefined` where it looked at none of the regions. */
const narrowed = (scan: Recorded, { tags, regions }: Scope, file: string): Recorded | undefined => {
  if (tags.length === 0) return inRegions(scan, regions, file);
  const own = scan.regions.filter((region) => isOfRegion({ regions }, region));
  return own.length > 0 ? { ...inTags(scan, tags, regions, file), regions: own } : undefined;
};

/** Saved scans as far as they are asked for. @param isEarlier one that a report is compared with need not have all of it */
export const savedIn = (
  sources: readonly (Source & { readonly file: string })[],
  scope: Scope,
  isEarlier = false,
): readonly Source[] => {
  for (const { scan } of sources) checkDeclared(scan, scope);
  const scans = sources.map(({ scan }) => scan);
  if (!isEarlier) {
    const accounts = scans.map(({ account }) => account);
    checkSeen(scope.accounts, accounts, 'account');
    const own = scans.filter(({ account }) => isOfAccount(scope, account));
    checkSeen(
      scope.regions,
      own.flatMap(({ regions }) => regions),
      'region',
    );
  }
  return sources
    .filter(({ scan }) => isOfAccount(scope, scan.account))
    .flatMap(({ file, scan, sha256 }) => {
      const left = narrowed(scan, scope, file);
      return left ? [{ scan: left, sha256 }] : [];
    });
};

/** What a report is compared with, as far as that is asked for. */
export const earlierIn = (
  compare: readonly (Source & { readonly file: string })[],
  asked: ScopeAsked,
  sources: readonly Source[],
): readonly Source[] => {
  const isNarrowed = asked.accounts.length + asked.units.length > 0;
  const accounts = isNarrowed ? sources.map(({ scan }) => scan.account) : [];
  const earlier = savedIn(compare, { ...asked, accounts }, true);
  if (compare.length > 0 && earlier.length === 0)
    throw new UserError('nothing that --compare names is of what is asked for');
  return earlier;
};
