import type { Baseline } from '../../engine/baseline/baseline.ts';
import { baselinesOf } from '../../engine/baseline/baseline-away.ts';
import { baselineSum } from '../../engine/baseline/baseline-sum.ts';
import { type Exemption, exemptionOn } from '../../engine/baseline/exemption.ts';
import { isRemediated } from '../../engine/changes/place.ts';
import { settingsHash } from '../../engine/evaluation/control-evaluation.ts';
import { type Priority, priorityOf } from '../../engine/findings/priority.ts';
import { whoFields } from '../../engine/findings/who.ts';
import type { ControlRow, ResourceRow } from '../../engine/posture/row.ts';
import type { Control } from '../../model/control.ts';
import { compareText } from '../../support/compare.ts';
import { groupsBy } from '../../support/groups.ts';
import { plural } from '../../support/plural.ts';
import { countedAs, plainPriority } from '../result.ts';
import { darkIn, darkText } from './dark.ts';
import { isGlobal } from './is-global.ts';
import {
  type Account,
  count,
  createAccount,
  plainCounts,
  regionOf,
  regionsOf,
  systemsOf,
} from './posture-counts.ts';
import {
  type PlacedResult,
  type Recorded,
  type RecordedActions,
  type RecordedResult,
  scanSchema,
} from './record.ts';
import { everything, hasKeptTags, isOfAccount, isOfRegion, type Scope } from './scope.ts';
import { addUntold, type Unseen, unreadableIn, untoldIn } from './untold.ts';

/** What rows are evaluated by, and when. */
export interface Installation {
  readonly plumbline: string;
  /** Its name, and the account where it stands: elsewhere it only reads, but where the baseline says `remediate`. */
  readonly stack: string;
  readonly account: string;
  /** What it did lately. */
  readonly actions?: RecordedActions;
  /** What is told of. @default - all */
  readonly scope?: Scope;
  readonly at: Date;
  /** With the exemptions of the stack's own buckets. */
  readonly baseline: Baseline;
  /** Every control, on AWS and on hosts. */
  readonly controls: readonly Control[];
}
/** The same, with what counts in each of its accounts. */
interface Known extends Installation {
  readonly baselineIn: (account: string) => Baseline;
}
/** A row's verdict as a report may take it. */
type Told = Pick<RecordedResult, 'status' | 'reason' | 'evidence' | 'since'>;

const hour = 3_600_000;
/** A sweep reads each resource once a day, and what was not read for three days is looked for. */
const mostUnreadHours = 80;

const isOnHosts = ({ resources }: Control): boolean =>
  resources.every(({ selfReported }) => selfReported);

/** A control with what of it is the same for every row. */
interface Enabled {
  readonly control: Control;
  readonly isOnHosts: boolean;
  /** Of its parameters in this baseline. */
  readonly settings: string;
  readonly mostUnreadHours: number;
}
const enabledIn =
  ({ hosts, controls }: Baseline) =>
  (control: Control): Enabled => {
    const isHost = isOnHosts(control);
    return {
      control,
      isOnHosts: isHost,
      settings: settingsHash(controls[control.id]?.parameters ?? {}),
      mostUnreadHours:
        isHost && hosts ? Math.max(mostUnreadHours, 2 * hosts.everyHours) : mostUnreadHours,
    };
  };
/** A time that is still to come would never be old. */
const isOld = (readAt: string, { mostUnreadHours: most }: Enabled, at: Date): boolean => {
  const unread = at.getTime() - Date.parse(readAt);
  return !(unread <= most * hour && unread >= -hour);
};
/** What is evaluated of one type of resource. */
interface OfType {
  readonly enabled: readonly Enabled[];
  readonly controls: readonly Control[];
  readonly isHost: boolean;
  /** It is in no one region. */
  readonly isGlobal: boolean;
}

/** What is known of a control on a resource: a word that is old, or of a resource that was gone since, is none. */
const toldOf = (enabled: Enabled, row: ControlRow, { at }: Installation): Told => {
  const { verdict, since, readAt, lastKnown, settings } = row;
  const { status, reason, evidence } = verdict;
  if (status === 'FAIL')
    return {
      status,
      since,
      ...(reason === undefined ? {} : { reason }),
      ...(evidence
        ? { evidence: evidence.map(({ path, actual, expected }) => ({ path, actual, expected })) }
        : {}),
    };
  if (status === 'UNKNOWN') return { status, ...(reason === undefined ? {} : { reason }) };
  if (!enabled.isOnHosts && settings !== undefined && settings !== enabled.settings)
    return {
      status: 'UNKNOWN',
      reason: 'it was evaluated with other parameters than this baseline has',
    };
  if (lastKnown === undefined)
    return { status: 'UNKNOWN', reason: 'it was gone, and was not evaluated since it came back' };
  if (isOld(readAt, enabled, at))
    return {
      status: 'UNKNOWN',
      reason: `it was ${status === 'PASS' ? 'right' : 'not applicable'} when it was read last, at ${readAt}: nobody has looked since`,
    };
  return { status };
};

const plainExemption = ({ control, resource, owner, reason, expires, isOwn }: Exemption) => ({
  control,
  resource,
  owner,
  reason,
  expires,
  ...(isOwn ? { isOwn } : {}),
});
const whoOf = (row: ControlRow): Pick<RecordedResult, 'by' | 'among'> => {
  const { by, among } = whoFields(row);
  return { ...(by === undefined ? {} : { by }), ...(among === undefined ? {} : { among }) };
};

/** What the table still holds of accounts that are no longer governed, and no report tells. */
const leftOut = (left: ReadonlyMap<string, number>): readonly string[] =>
  [...left]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([account, count]) =>
        `${plural(count, 'resource')} of account ${account}, which the baseline does not govern: nobody looks at ${count === 1 ? 'it' : 'them'}, and no figure counts ${count === 1 ? 'it' : 'them'}.`,
    );

const gapsOf = (
  { elsewhere, nameless, controls }: Account,
  { baseline }: Pick<Installation, 'baseline'>,
): readonly string[] => {
  const silent = Object.keys(baseline.controls).filter((id) => !controls.has(id)).length;
  return [
    ...(elsewhere > 0
      ? [
          `${plural(elsewhere, 'resource')} in regions that the baseline does not govern: nobody looks at them.`,
        ]
      : []),
    ...(nameless > 0
      ? [
          `${plural(nameless, 'host')} did not say what ${nameless === 1 ? 'it runs' : 'they run'}: no benchmark of one system has ${nameless === 1 ? 'it' : 'them'}.`,
        ]
      : []),
    ...(silent > 0
      ? [
          `Of ${plural(silent, 'control')} nothing is known: there is nothing to evaluate, or it could not be listed. A scan tells these apart.`,
        ]
      : []),
  ];
};

const inPlace = (a: RecordedResult, b: RecordedResult): number =>
  compareText(a.control, b.control) ||
  compareText(a.region, b.region) ||
  compareText(a.resourceType, b.resourceType) ||
  compareText(a.id, b.id);

const resultOf = (
  row: ResourceRow,
  control: Control,
  found: ControlRow,
  told: Told,
  priority: Priority,
  exemption: Exemption | undefined,
  isRemediable: boolean,
  at: string,
): PlacedResult => ({
  control: control.id,
  title: control.title,
  severity: control.severity,
  resourceType: row.type,
  region: row.ref.region,
  id: row.ref.id,
  arn: row.arn ?? row.ref.id,
  status: told.status,
  ...(told.reason === undefined ? {} : { reason: told.reason }),
  ...(told.evidence ? { evidence: told.evidence } : {}),
  ...plainPriority(priority),
  ...(exemption ? { exemption: plainExemption(exemption) } : {}),
  ...(told.since === undefined ? {} : { since: told.since }),
  readAt: found.readAt,
  ...(told.status === 'FAIL' ? whoOf(found) : {}),
  ...(row.system === undefined ? {} : { system: row.system.name }),
  ...(told.status === 'FAIL' && isRemediable && found.plan?.isCalls ? { canFix: true } : {}),
  account: row.ref.account,
  at,
});

const addControl = (
  account: Account,
  row: ResourceRow,
  enabled: Enabled,
  priority: Priority,
  installation: Known,
): void => {
  const { control } = enabled;
  const found = row.controls[control.id];
  if (!found) return;
  const { at } = installation;
  const baseline = installation.baselineIn(row.ref.account);
  const told = toldOf(enabled, found, installation);
  const subject = { controlId: control.id, arn: row.arn ?? row.ref.id, id: row.ref.id };
  const exemption = told.status === 'FAIL' ? exemptionOn(row, baseline, subject, at) : undefined;
  const status = countedAs(told.status, exemption !== undefined);
  count(account, row, control.id, status);
  if (told.status === 'FAIL' || told.status === 'UNKNOWN')
    account.results.push(
      resultOf(
        row,
        control,
        found,
        told,
        priority,
        exemption,
        isRemediated(row.ref, {
          account: installation.account,
          remediated: baseline.remediatedAccounts ?? [],
        }),
        at.toISOString(),
      ),
    );
};

/** Whether a row has the tags that are asked for; `undefined` where nobody knows, or nobody has looked for too long. */
const isTagged = (
  { reportTags, readAt }: ResourceRow,
  { enabled }: OfType,
  { scope = everything, at }: Installation,
): boolean | undefined => {
  if (scope.tags.length === 0) return true;
  const isUnread = enabled.some((one) => isOld(readAt, one, at));
  return hasKeptTags(isUnread ? undefined : reportTags?.values, scope.tags);
};

/** @param ofType the controls of its type that the baseline enables */
const addRow = (account: Account, row: ResourceRow, ofType: OfType, installation: Known): void => {
  const { regions, sensitivityTag } = installation.baseline;
  if (!ofType.isGlobal && !isOfRegion(installation.scope ?? everything, row.ref.region)) return;
  if (!regions.includes(row.ref.region)) {
    account.elsewhere += 1;
    return;
  }
  const evaluated = ofType.enabled.map(({ control: { id } }) => id);
  if (row.isUnreadable) {
    addUntold(account.unreadable, row.type, evaluated);
    return;
  }
  const isWanted = isTagged(row, ofType, installation);
  if (isWanted === undefined) {
    const own = evaluated.filter((id) => row.controls[id]);
    if (own.length > 0) addUntold(account.untold, row.type, own);
  }
  if (isWanted !== true) return;
  account.resources += 1;
  regionOf(account, row.ref.region).resources += 1;
  if (ofType.isHost && row.system === undefined) account.nameless += 1;
  const priority = priorityOf(row, ofType.controls, sensitivityTag);
  for (const enabled of ofType.enabled) addControl(account, row, enabled, priority, installation);
};

const recordOf = (
  id: string,
  account: Account,
  installation: Installation,
  byId: ReadonlyMap<string, Control>,
  { gaps, notLookedAt }: Unseen,
): Recorded => {
  const { at, plumbline, baseline, stack, actions, scope = everything } = installation;
  return {
    schema: scanSchema,
    at: at.toISOString(),
    plumbline,
    baseline: baselineSum(baseline),
    account: id,
    ...(id === installation.account ? {} : { hub: installation.account }),
    regions: baseline.regions.filter((region) => isOfRegion(scope, region)),
    homeRegion: baseline.homeRegion,
    resources: account.resources,
    isNarrowed: scope.tags.length > 0,
    counts: account.counts,
    controls: plainCounts(account.controls, byId),
    ...regionsOf(account, byId),
    ...(notLookedAt.length > 0 ? { notLookedAt: [...notLookedAt] } : {}),
    results: account.results.sort(inPlace),
    source: 'posture' as const,
    systems: systemsOf(account, byId),
    gaps: [...gaps],
    stack,
    ...(actions ? { actions } : {}),
  };
};

const nothing: OfType = { enabled: [], controls: [], isHost: false, isGlobal: false };

/** What is evaluated of each type, by what counts in an account. */
const typesOf = (controls: readonly Control[], baseline: Baseline): ReadonlyMap<string, OfType> => {
  const enabled = controls
    .filter(({ id }) => Object.hasOwn(baseline.controls, id))
    .map(enabledIn(baseline));
  const byType = groupsBy(
    enabled.flatMap((one) => one.control.resources.map(({ type }) => ({ type, one }))),
    ({ type }): string => type,
  );
  return new Map(
    [...byType].map(([type, all]): [string, OfType] => {
      const own = all.map(({ one }) => one);
      const isHost = own.some((each) => each.isOnHosts);
      const controls = own.map(({ control }) => control);
      return [type, { enabled: own, controls, isHost, isGlobal: controls.every(isGlobal) }];
    }),
  );
};

/**
 * Gathers what the rows of an installation say in the form of a saved scan, one for each account. What passes is counted
 * and not kept; a control of which no row tells is left out, since rows do not show whether anything could be listed.
 */
export const createPostureRecord = (of: Installation) => {
  const installation = { ...of, baselineIn: baselinesOf(of.baseline, of.account) };
  const { baselineIn, controls } = installation;
  const types = new Map<string, ReadonlyMap<string, OfType>>();
  const typesIn = (account: string): ReadonlyMap<string, OfType> => {
    const known = types.get(account) ?? typesOf(controls, baselineIn(account));
    types.set(account, known);
    return known;
  };
  const governed = new Set([of.account, ...(of.baseline.accounts ?? [])]);
  const scope = of.scope ?? everything;
  /** Resources of accounts that the baseline names no more, which nobody reads again. */
  const left = new Map<string, number>();
  const accounts = new Map<string, Account>();
  const accountOf = (id: string): Account => {
    const account = accounts.get(id) ?? createAccount();
    accounts.set(id, account);
    return account;
  };
  return {
    add(row: ResourceRow): void {
      if (row.goneAt !== undefined) return;
      const { account } = row.ref;
      if (!isOfAccount(scope, account)) return;
      if (!governed.has(account)) {
        left.set(account, (left.get(account) ?? 0) + 1);
        return;
      }
      const ofType = typesIn(account).get(row.type) ?? nothing;
      addRow(accountOf(account), row, ofType, installation);
    },
    /** The account of the installation has a record though no row is of it, and tells of others; else the first one does. */
    records(): readonly Recorded[] {
      if (isOfAccount(scope, of.account)) accountOf(of.account);
      const byId = new Map(controls.map((control) => [control.id, control]));
      const wanted = scope.accounts.length > 0 ? scope.accounts : [...governed];
      const dark = wanted.filter((id) => !accounts.has(id));
      const ids = [...accounts.keys()].toSorted();
      const teller = accounts.has(of.account) ? of.account : ids[0];
      const { actions, ...silent } = installation;
      return ids.map((id) => {
        const isTeller = id === teller;
        const baseline = baselineIn(id);
        const account = accountOf(id);
        const own = gapsOf(account, { baseline });
        const unseen = [untoldIn(account.untold, scope.tags), unreadableIn(account.unreadable)];
        return recordOf(
          id,
          account,
          { ...silent, baseline, ...(isTeller && actions ? { actions } : {}) },
          byId,
          {
            gaps: [
              ...(isTeller ? [...leftOut(left), ...darkText(dark)] : []),
              ...own,
              ...unseen.flatMap(({ gaps }) => gaps),
            ],
            notLookedAt: [
              ...(isTeller ? darkIn(dark) : []),
              ...unseen.flatMap(({ notLookedAt }) => notLookedAt),
            ],
          },
        );
      });
    },
  };
};
