import { keyOf } from '../../engine/changes/change.ts';
import type { Action } from '../../engine/remediation/action.ts';
import type { Deployed } from '../deployed.ts';

/** Seconds that something took; absent where that is not known. */
export interface Times {
  /** From the latest event that can have been the drift to its first read as failing. */
  readonly toDetectSeconds?: number;
  /** From that read to the verdict that it passes. */
  readonly toRepairSeconds?: number;
}

const secondsBetween = (from: string, to: string): number =>
  Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);

const detected = async (
  action: Action,
  driftedAt: string,
  { listing }: Pick<Deployed, 'listing'>,
): Promise<number | undefined> => {
  for (const control of action.controls) {
    const turn = await listing.transition(keyOf(action), driftedAt, control);
    const events = turn?.causes.map(({ time }) => time).filter((time) => time <= driftedAt) ?? [];
    const latest = events.sort().at(-1);
    if (latest !== undefined) return secondsBetween(latest, driftedAt);
  }
  return undefined;
};

/** How long it took to see a drift and to put it right, as far as table and ledger know. */
export const timesOf = async (
  action: Action,
  deployed: Pick<Deployed, 'listing'>,
): Promise<Times> => {
  const { driftedAt, concludedAt, state, undoes } = action;
  if (driftedAt === undefined || undoes !== undefined) return {};
  const toDetectSeconds = await detected(action, driftedAt, deployed);
  const isRepaired = state === 'VERIFIED' && concludedAt !== undefined;
  return {
    ...(toDetectSeconds === undefined ? {} : { toDetectSeconds }),
    ...(isRepaired ? { toRepairSeconds: secondsBetween(driftedAt, concludedAt) } : {}),
  };
};

/** A duration for people, in its largest fitting unit. */
export const durationText = (seconds: number | undefined): string => {
  if (seconds === undefined) return '';
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${seconds.toFixed(0)} s`;
  if (seconds < 7_200) return `${(seconds / 60).toFixed(0)} min`;
  return seconds < 172_800
    ? `${(seconds / 3_600).toFixed(0)} h`
    : `${(seconds / 86_400).toFixed(0)} d`;
};
