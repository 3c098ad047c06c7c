import { plural } from '../../support/plural.ts';
import type { ReportedActions } from '../compliance/actions.ts';
import type { ControlStatus } from '../compliance/control-standing.ts';
import type { RecordedAction } from '../compliance/record.ts';
import type { Report } from '../compliance/report.ts';
import type { RequirementStatus } from '../compliance/standing.ts';

/** Statuses as people read them, each with a shape, so that no colour is needed. */
export const requirementWords: Readonly<Record<RequirementStatus, string>> = {
  FAILED: '✗ failed',
  UNKNOWN: '? unknown',
  EXEMPTED: '◐ exempted',
  MET: '✓ met',
  NO_RESOURCES: '✓ met, no resources',
  ATTESTED: '✓ attested',
  MANUAL: '✎ to attest',
  NOT_ASSESSED: '– not assessed',
  NOT_YET: '– no control yet',
};
export const controlWords: Readonly<Record<ControlStatus, string>> = {
  FAIL: '✗ failed',
  UNKNOWN: '? unknown',
  EXEMPTED: '◐ exempted',
  PASS: '✓ passed',
  NONE: '○ no resources',
  NOT_ASSESSED: '– not assessed',
};

/** What became of an action, each with a shape. */
const actionStates: Readonly<Record<string, string>> = {
  BLOCKED: '– not done',
  ACTING: '… being done',
  VERIFYING: '… done, being verified',
  VERIFIED: '✓ verified',
  PARTIAL: '✗ done in part',
  INEFFECTIVE: '✗ done, and it still fails',
  SUPERSEDED: '– somebody changed it meanwhile',
  UNVERIFIED: '? done, and nobody could verify it',
};
export const actionWords = ({ state }: RecordedAction): string => actionStates[state] ?? state;
export const askedWords: Readonly<Record<RecordedAction['askedBy'], string>> = {
  drift: 'drift',
  backlog: 'backlog',
  person: 'a person',
};
const undoneText = ({ id, undoes, undoneBy }: RecordedAction): string =>
  [
    id,
    ...(undoes === undefined ? [] : [`takes back ${undoes}`]),
    ...(undoneBy === undefined ? [] : [`taken back by ${undoneBy}`]),
  ].join(', ');
/** What else there is to say of an action. */
export const notesText = (action: RecordedAction): string =>
  [undoneText(action), ...(action.why ? [action.why] : [])].join('; ');
/** How long actions took, by what is timed. */
export const actionDurations = ({
  toDetect,
  toRepair,
}: Pick<ReportedActions, 'toDetect' | 'toRepair'>) =>
  [
    ['From the call to the first read that fails', toDetect],
    ['From that read to the verdict that it passes', toRepair],
  ] as const;

const soonDays = 30;
/** How many exceptions end soon after the latest scan, and how many have no end but the next release. */
export const endingText = ({ exceptions, scans }: Pick<Report, 'exceptions' | 'scans'>): string => {
  const at = Math.max(...scans.map((scan) => Date.parse(scan.at)));
  const until = at + soonDays * 86_400_000;
  const ending = exceptions.filter(
    ({ exemption }) => Date.parse(exemption?.expires ?? '') <= until,
  );
  return ending.length === 0
    ? `None of them ends within ${plural(soonDays, 'day')}.`
    : `${ending.length} of them ${ending.length === 1 ? 'ends' : 'end'} within ${plural(soonDays, 'day')}: they fail again then.`;
};

/** `2026-11-30 08:00 UTC`; what is no time stays as it is. */
export const timeText = (at: string): string =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:[\d.]+Z$/.test(at) ? `${at.slice(0, 16).replace('T', ' ')} UTC` : at;

/** `2 d 3 h`, `5 min`, `40 s`: the two greatest parts at most. */
export const durationText = (seconds: number): string => {
  const whole = Math.round(seconds);
  const parts = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor(whole / 3600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's'],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
};
