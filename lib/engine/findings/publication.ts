import { createHash } from 'node:crypto';
import type { Control } from '../../model/control.ts';
import type { AnyResourceType } from '../../model/resource-type.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { type Exemption, exemptionOn } from '../baseline/exemption.ts';
import { keyOf } from '../changes/change.ts';
import { isSaidOnce } from '../posture/denied.ts';
import type { ControlRow, Published, ResourceRow, StoredVerdict } from '../posture/row.ts';
import { waitsUntil, withDueRemediations } from '../remediation/due-remediations.ts';
import { mostAwaitedHours } from '../remediation/outcome.ts';
import { overdueFrom, type Unanswered, unansweredIn } from '../remediation/overdue.ts';
import { type Finding, findingOf, hashOf } from './finding.ts';
import type { Told } from './finding-text.ts';
import { priorityOf } from './priority.ts';

const day = 86_400_000;
/** Security Hub deletes what is not updated for 90 days. */
const refreshDays = 30;
/** A resource that neither an event nor a sweep has shown for this long, or up to a day less, may be gone. */
const unseenDays = 3;

/**
 * When a row is looked at again though nothing happens, in ms. Each row has its own time of day. Its entry in the index
 * of due rows therefore moves once a day, and not with each event, which would cost two writes.
 */
const unseenAt = (row: ResourceRow): number => {
  const own = createHash('sha256').update(keyOf(row)).digest().readUInt32BE() % day;
  const latest = Date.parse(row.readAt) + unseenDays * day;
  return Math.floor((latest - own) / day) * day + own;
};

export interface Catalogue {
  readonly type: AnyResourceType;
  /** Every control of the type, enabled or not. */
  readonly controls: readonly Control[];
}

/** A finding that Security Hub has to be told, and its hash. */
export interface ToPublish {
  readonly controlId: string;
  readonly finding: Finding;
  readonly hash: string;
  /** A person's look is no longer wanted: it passed after it had failed. */
  readonly resolves: boolean;
  /** What Security Hub was told of it, where nothing but that is left to say. */
  readonly known?: Published;
}
export interface Publication {
  /** The row with the hash of each finding as it ought to be. */
  readonly row: ResourceRow;
  readonly toPublish: readonly ToPublish[];
  /** Failures to be put right of which the row shows no answer. */
  readonly unanswered: readonly Unanswered[];
  /** When time alone asks for the next look. */
  readonly dueAt: string;
}

/** When an outcome that could not be read is looked for again: soon, and when it is given up. */
const awaitedUntil = ({ awaits = [], readAt }: ResourceRow): readonly number[] =>
  awaits
    .flatMap(({ since }) =>
      [1, mostAwaitedHours].map((hours) => Date.parse(since) + hours * 3_600_000),
    )
    .filter((at) => at > Date.parse(readAt));

const offNow: StoredVerdict = {
  status: 'NOT_APPLICABLE',
  reason: 'the baseline does not enable the control',
};

/** Another delivery meant to publish and its note is missing: Security Hub may hold what it said. */
const isUnconfirmed = ({ hash, published }: ControlRow): boolean =>
  hash !== undefined && hash !== published?.hash;

/** Whether Security Hub is to hold a finding of this control; an archived one counts as held. */
const isWanted = (row: ResourceRow, controlRow: ControlRow, baseline: Baseline): boolean => {
  const { verdict, published } = controlRow;
  if (row.goneAt !== undefined || verdict.status === 'NOT_APPLICABLE') {
    return (
      (published !== undefined && published.status !== 'ARCHIVED') || isUnconfirmed(controlRow)
    );
  }
  return (
    verdict.status !== 'PASS' ||
    baseline.publish === 'all' ||
    published !== undefined ||
    isUnconfirmed(controlRow)
  );
};

const isStale = ({ published }: ControlRow, now: Date): boolean =>
  published !== undefined &&
  published.status !== 'ARCHIVED' &&
  Date.parse(published.updatedAt) + refreshDays * day <= now.getTime();

interface Outlook {
  readonly id: string;
  readonly controlRow: ControlRow;
  readonly toPublish: readonly ToPublish[];
  /** Times, in milliseconds, at which a look is due though nothing happens. */
  readonly dues: readonly number[];
}

/** After how long a workflow that could not be looked up is looked up again, where nothing happens before. */
const unresolvedMs = 15 * 60_000;

const resolves = (found: ControlRow, finding: Finding): boolean =>
  finding.RecordState === 'ACTIVE' &&
  finding.Compliance.Status === 'PASSED' &&
  (found.published?.unresolved === true ||
    found.published?.status === 'FAILED' ||
    found.published?.status === 'NOT_AVAILABLE' ||
    (isUnconfirmed(found) && found.episodes > 0));

/** The exemption of a FAIL, where there is one. */
const exemptionOf = (
  control: Control,
  { verdict }: ControlRow,
  told: Pick<Told, 'row' | 'arn'>,
  baseline: Baseline,
  now: Date,
): Exemption | undefined =>
  verdict.status === 'FAIL'
    ? exemptionOn(
        told.row,
        baseline,
        { controlId: control.id, arn: told.arn, id: told.row.ref.id },
        now,
      )
    : undefined;

/**
 * What Security Hub holds of a finding. Where the last import may have been taken and was not noted it can be what that
 * import said: until an import is noted, no hash is what it holds.
 */
const publishedIn = (found: ControlRow): Pick<ControlRow, 'published'> =>
  isUnconfirmed(found) && found.published ? { published: { ...found.published, hash: '' } } : {};

const outlookOf = (
  control: Control,
  found: ControlRow,
  told: Pick<Told, 'row' | 'arn' | 'priority' | 'securityHubType'>,
  baseline: Baseline,
  now: Date,
): Outlook => {
  const controlRow = baseline.controls[control.id] ? found : { ...found, verdict: offNow };
  const exemption = exemptionOf(control, controlRow, told, baseline, now);
  const { recheckAt } = controlRow.verdict;
  const dues = [
    ...(exemption && !exemption.isOwn ? [Date.parse(exemption.expires) + 1] : []),
    ...(recheckAt ? [Date.parse(recheckAt)] : []),
  ];
  const { hash: _, ...unhashed } = found;
  const isHeld =
    told.row.goneAt === undefined &&
    isSaidOnce(controlRow, baseline) &&
    !isUnconfirmed(found) &&
    !isStale(found, now);
  if (isHeld || !isWanted(told.row, controlRow, baseline)) {
    // What is archived stays known by its hash, or it would be archived again and again.
    const hashed = found.published ? { ...unhashed, hash: found.published.hash } : unhashed;
    return { id: control.id, controlRow: hashed, toPublish: [], dues };
  }
  const finding = findingOf({ ...told, control, controlRow, exemption });
  const hash = hashOf(finding);
  const isNews = hash !== found.published?.hash || isUnconfirmed(found) || isStale(found, now);
  const isOpen = found.published?.unresolved === true;
  const one = { controlId: control.id, finding, hash, resolves: resolves(found, finding) };
  const known = isNews || !found.published ? {} : { known: found.published };
  return {
    id: control.id,
    controlRow: { ...unhashed, ...publishedIn(found), hash },
    toPublish: isNews || isOpen ? [{ ...one, ...known }] : [],
    dues: isOpen ? [...dues, Date.parse(told.row.readAt) + unresolvedMs] : dues,
  };
};

/** Which findings of a row Security Hub does not have yet, and what is wanted of the Remediations queue. */
export const publicationOf = (
  evaluated: ResourceRow,
  { type, controls }: Catalogue,
  baseline: Baseline,
  now: Date,
): Publication => {
  const enabled = controls.filter(({ id }) => baseline.controls[id]);
  const arn = evaluated.arn ?? type.arn?.(evaluated.ref);
  const named = arn === undefined ? evaluated : { ...evaluated, arn };
  const row = withDueRemediations(named, { type, controls: enabled }, baseline, now);
  const told = {
    row,
    arn: arn ?? row.ref.id,
    priority: priorityOf(row, enabled, baseline.sensitivityTag),
    securityHubType: type.securityHubType,
  };
  const outlooks = controls.flatMap((control) => {
    const found = row.controls[control.id];
    return found ? [outlookOf(control, found, told, baseline, now)] : [];
  });
  const hashed = outlooks.map(({ id, controlRow }) => [id, controlRow] as const);
  const unanswered = unansweredIn(row, enabled, baseline, now);
  const dues = [
    ...outlooks.flatMap((outlook) => outlook.dues),
    ...waitsUntil(row),
    ...awaitedUntil(row),
    ...overdueFrom(unanswered, now),
  ];
  return {
    row: { ...row, controls: { ...row.controls, ...Object.fromEntries(hashed) } },
    toPublish: outlooks.flatMap(({ toPublish }) => toPublish),
    unanswered,
    dueAt: new Date(Math.min(unseenAt(row), ...dues)).toISOString(),
  };
};
