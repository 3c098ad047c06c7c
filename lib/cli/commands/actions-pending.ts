import type { Baseline } from '../../engine/baseline/baseline.ts';
import { baselinesOf } from '../../engine/baseline/baseline-away.ts';
import { exemptionOn } from '../../engine/baseline/exemption.ts';
import type { ControlRow, ResourceRow } from '../../engine/posture/row.ts';
import type { Where } from '../../model/resource-type.ts';
import { fittingTable } from '../../reports/fitting-table.ts';
import { printedJson } from '../../support/printed-json.ts';
import type { Deployed } from '../deployed.ts';
import { unreadableText } from '../row-of.ts';

/** Something that is to be put right, and that a guard keeps for now. */
export interface Pending {
  readonly control: string;
  readonly resource: string;
  readonly action: string;
  readonly guard: string;
  readonly why: string;
  readonly since: string;
  /** When it is asked for again; absent where that is with the next sweep. */
  readonly askedAgain?: string;
  /** How often it was asked for again. */
  readonly tries: number;
}

/** Pending in its row, or, of a host, in the queue of its messages and not done since. */
const isWaiting = ({ remediation, lastAction }: ControlRow): boolean =>
  remediation?.state === 'waiting' ||
  (remediation?.waitsAt !== undefined && remediation.action !== lastAction);

/** What is pending on a row; what somebody answers for by now is not. */
export const pendingOn = (row: ResourceRow, baseline: Baseline, now: Date): readonly Pending[] => {
  const resource = row.arn ?? row.ref.id;
  return Object.entries(row.controls).flatMap(([control, one]): Pending[] => {
    const { remediation, lastKnown, episodes } = one;
    if (row.goneAt !== undefined || lastKnown !== 'FAIL') return [];
    if (!remediation || remediation.episode !== episodes || !isWaiting(one)) return [];
    const subject = { controlId: control, arn: resource, id: row.ref.id };
    if (exemptionOn(row, baseline, subject, now)) return [];
    const { action, guard = 'maintenanceWindow', why = '', since = one.since } = remediation;
    const { notBefore, bySweep, tries = 0 } = remediation;
    const again = bySweep || notBefore === undefined ? {} : { askedAgain: notBefore };
    return [{ control, resource, action, guard, why, since, ...again, tries }];
  });
};

const minuteOf = (time: string): string => time.slice(0, 16).replace('T', ' ');

const table = (all: readonly Pending[]): string => {
  const head = ['Control', 'Resource', 'Why', 'Since', 'Asked again'];
  const rows = all.map(({ control, resource, guard, why, since, askedAgain }) => [
    control,
    resource,
    `${guard}: ${why}`,
    minuteOf(since),
    askedAgain === undefined ? 'by the next sweep' : minuteOf(askedAgain),
  ]);
  return fittingTable(head, rows, { named: ['Since', 'Asked again'] });
};

interface Wanted {
  readonly control: string | undefined;
  readonly isOf: (where: Where) => boolean;
}

/** Prints what is pending, the longest first. */
export const listPending = async (
  { listing, baseline, stack }: Pick<Deployed, 'listing' | 'baseline' | 'stack'>,
  { control, isOf }: Wanted,
  isJson: boolean,
): Promise<void> => {
  const now = new Date();
  const baselineIn = baselinesOf(baseline, stack.account);
  const all: Pending[] = [];
  for await (const row of listing.pending()) {
    if (!isOf(row.ref)) continue;
    if (row.isUnreadable) console.error(unreadableText(row));
    all.push(
      ...pendingOn(row, baselineIn(row.ref.account), now).filter(
        (one) => control === undefined || one.control === control,
      ),
    );
  }
  const sorted = all.toSorted((a, b) => a.since.localeCompare(b.since));
  if (isJson) return console.log(printedJson(sorted));
  if (sorted.length > 0) console.log(table(sorted));
  console.log(sorted.length === 0 ? 'nothing is pending' : `${sorted.length} pending`);
};
