import { setTimeout as sleep } from 'node:timers/promises';
import { whereKey } from '../engine/changes/change.ts';
import type { Service } from '../model/control.ts';
import type { Where } from '../model/resource-type.ts';

/** How many calls are let through at once, and how many more each second. */
export interface Rate {
  readonly atOnce: number;
  readonly aSecond: number;
}

/**
 * What one process reads of an account in a region: of a service, and of all. EC2 lets 100 calls of one API through at
 * once and 20 more each second, for all who call in that account and region:
 * https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 */
const ofService: Rate = { atOnce: 100, aSecond: 20 };
const ofPlace: Rate = { atOnce: 250, aSecond: 50 };
/**
 * Nothing waits for longer, and nothing is owed for longer: a resource that is read by several calls, one after another, is
 * to be read within its ten seconds also while its account storms. One that was not would be read again, for more calls.
 */
const mostWaitMs = 2000;
/** Buckets that are kept; of one that is full nothing is lost. */
const mostBuckets = 2000;

/** What was left at a time; less than nothing where calls wait already. */
interface Bucket {
  left: number;
  at: number;
}

export interface Budget {
  /** Settles when a call may be made. */
  spend(where: Where, service: Service): Promise<void>;
}
export interface BudgetOptions {
  /** Milliseconds. */
  readonly now?: () => number;
  readonly wait?: (ms: number) => Promise<unknown>;
}

/** Takes a call from a bucket; answers for how many milliseconds it has to wait. */
const taken = (bucket: Bucket, { atOnce, aSecond }: Rate, now: number): number => {
  const refilled = bucket.left + ((now - bucket.at) * aSecond) / 1000;
  const mostOwed = (aSecond * mostWaitMs) / 1000;
  bucket.left = Math.max(Math.min(atOnce, refilled) - 1, -mostOwed);
  bucket.at = now;
  return bucket.left >= 0 ? 0 : (-bucket.left * 1000) / aSecond;
};

/**
 * Calls by account, region and service, each within its rate: whoever changes a lot in one account has what is read there
 * wait, and nothing that is read elsewhere.
 */
export const createBudget = ({ now = Date.now, wait = sleep }: BudgetOptions = {}): Budget => {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (key: string, { atOnce }: Rate): Bucket => {
    const known = buckets.get(key) ?? { left: atOnce, at: now() };
    // What was asked for longest ago is full again.
    buckets.delete(key);
    buckets.set(key, known);
    const [oldest] = buckets.keys();
    if (buckets.size > mostBuckets && oldest !== undefined) buckets.delete(oldest);
    return known;
  };
  return {
    async spend(where, service) {
      const place = whereKey(where);
      const waitMs = Math.max(
        taken(bucketOf(place, ofPlace), ofPlace, now()),
        taken(bucketOf(`${place} ${service}`, ofService), ofService, now()),
      );
      if (waitMs > 0) await wait(waitMs);
    },
  };
};
