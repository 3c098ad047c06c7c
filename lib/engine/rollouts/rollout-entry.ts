import {
  type Entrant,
  mostEntrants,
  type Rollout,
  type Sight,
  type Stop,
  type Terms,
} from './rollout.ts';
import { soakedAt } from './rollout-soak.ts';

/** What becomes of one that asks: it goes ahead, waits, or is turned away. */
export type Answer =
  | { readonly goes: 'canary' | 'rest'; readonly rollout: Rollout }
  | {
      readonly waits: string;
      readonly seconds: number;
      /** Only until others are through. */
      readonly isPaced?: true;
      readonly rollout: Rollout;
    }
  | { readonly stopped: Stop; readonly rollout: Rollout };

const soonSeconds = 60;
const lateSeconds = 900;

/** What is missing of the time for which canaries are left alone; they may first have to come to their end. */
const missingSeconds = (rollout: Rollout, seen: Sight, terms: Terms): number => {
  const since = soakedAt(rollout, seen, terms);
  const missing =
    since === undefined ? terms.canaryMinutes * 60 : (since - terms.now.getTime()) / 1000;
  return Math.min(lateSeconds, Math.max(soonSeconds, Math.ceil(missing)));
};

/** Lets an action enter a rollout that was reviewed just now; one that has entered it already goes on. */
export const entered = (rollout: Rollout, one: Entrant, seen: Sight, terms: Terms): Answer => {
  const { stopped, canaries, rest, slots, openedAt } = rollout;
  if (stopped) return { stopped, rollout };
  const isAmong = (all: readonly Entrant[]) => all.some(({ action }) => action === one.action);
  if (isAmong(canaries)) return { goes: 'canary', rollout };
  if (isAmong(rest)) return { goes: 'rest', rollout };
  if (openedAt !== undefined) {
    if (rest.length < mostEntrants)
      return { goes: 'rest', rollout: { ...rollout, rest: [...rest, one] } };
    const waits = `${mostEntrants} hosts are changed already`;
    return { waits, seconds: soonSeconds, isPaced: true, rollout };
  }
  if (canaries.length < slots)
    return { goes: 'canary', rollout: { ...rollout, canaries: [...canaries, one] } };
  const tried = canaries.map(({ host }) => host).join(', ');
  const seconds = missingSeconds(rollout, seen, terms);
  return { waits: `it is tried on ${tried} first`, seconds, rollout };
};
