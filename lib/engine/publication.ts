import type { AnyResourceType, Control } from '../controls/control.ts';
import type { Baseline } from './baseline.ts';
import { exemptionFor } from './exemption.ts';
import { type Finding, findingOf, hashOf } from './finding.ts';
import { priorityOf } from './priority.ts';
import type { ControlRow, ResourceRow, StoredVerdict } from './row.ts';

const day = 86_400_000;
/** Security Hub deletes what is not updated for 90 days. */
const refreshDays = 30;
/** A resource that neither an event nor a sweep has shown for this long may be gone. */
const unseenDays = 3;

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
}
export interface Publication {
  /** The row with the hash of each finding as it ought to be. */
  readonly row: ResourceRow;
  readonly toPublish: readonly ToPublish[];
  /** When time alone asks for the next look. */
  readonly dueAt: string;
}

const offNow: StoredVerdict = {
  status: 'NOT_APPLICABLE',
  reason: 'the baseline does not enable the control',
};

/** Whether Security Hub is to hold a finding of this control; an archived one counts as held. */
const isWanted = (row: ResourceRow, controlRow: ControlRow, baseline: Baseline): boolean => {
  const { verdict, published } = controlRow;
  if (row.goneAt !== undefined || verdict.status === 'NOT_APPLICABLE') {
    return published !== undefined && published.status !== 'ARCHIVED';
  }
  return verdict.status !== 'PASS' || baseline.publish === 'all' || published !== undefined;
};

const isStale = ({ published }: ControlRow, now: Date): boolean =>
  published !== undefined &&
  published.status !== 'ARCHIVED' &&
  Date.parse(published.updatedAt) + refreshDays * day <= now.getTime();

const arnOf = (row: ResourceRow, type: AnyResourceType): string =>
  row.arn ?? type.arn?.(row.ref) ?? row.ref.id;

/** Which findings of a row Security Hub does not have yet, whoever brought them about. */
export const publicationOf = (
  row: ResourceRow,
  { type, controls }: Catalogue,
  baseline: Baseline,
  now: Date,
): Publication => {
  const enabled = controls.filter(({ id }) => baseline.controls[id]);
  const priority = priorityOf(row, enabled, baseline.sensitivityTag);
  const arn = arnOf(row, type);
  const rows: Record<string, ControlRow> = { ...row.controls };
  const toPublish: ToPublish[] = [];
  const dues = [Date.parse(row.readAt) + unseenDays * day];
  for (const control of controls) {
    const found = row.controls[control.id];
    if (!found) continue;
    const controlRow = enabled.includes(control) ? found : { ...found, verdict: offNow };
    const isFailing = controlRow.verdict.status === 'FAIL';
    const exemption = isFailing
      ? exemptionFor(baseline, { controlId: control.id, arn, id: row.ref.id }, now)
      : undefined;
    if (exemption) dues.push(Date.parse(exemption.expires) + 1);
    if (controlRow.verdict.recheckAt) dues.push(Date.parse(controlRow.verdict.recheckAt));
    const { hash: _, ...rest } = found;
    rows[control.id] = rest;
    if (!isWanted(row, controlRow, baseline)) {
      // What is archived stays known by its hash, or it would be archived again and again.
      if (found.published) rows[control.id] = { ...rest, hash: found.published.hash };
      continue;
    }
    const finding = findingOf({
      row,
      control,
      controlRow,
      securityHubType: type.securityHubType,
      arn,
      priority,
      exemption,
    });
    const hash = hashOf(finding);
    rows[control.id] = { ...rest, hash };
    if (hash !== found.published?.hash || isStale(found, now)) {
      toPublish.push({ controlId: control.id, finding, hash, resolves: resolves(found, finding) });
    }
  }
  return {
    row: { ...row, controls: rows },
    toPublish,
    dueAt: new Date(Math.min(...dues)).toISOString(),
  };
};

const resolves = ({ published }: ControlRow, finding: Finding): boolean =>
  finding.RecordState === 'ACTIVE' &&
  finding.Compliance.Status === 'PASSED' &&
  (published?.status === 'FAILED' || published?.status === 'NOT_AVAILABLE');
