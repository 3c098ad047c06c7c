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
 * The longest that a call waits. A resource that takes several calls, one after another, has to be read within its ten
 * seconds, also while much changes in its account. If it is not, it is read again, which takes yet more calls.
 */
const mostWaitMs = 2000;
/** How many buckets are kept. To forget a full one loses nothing. */
const mostBuckets = 2000;

/** How many calls were left at a time; less than zero where calls wait already. */
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
 * Holds the calls of each account, region and service to their rate: if somebody changes a lot in one account, the reads
 * there wait, and those elsewhere do not.
 */
export const createBudget = ({ now = Date.now, wait = sleep }: BudgetOptions = {}): Budget => {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (key: string, { atOnce }: Rate): Bucket => {
    const known = buckets.get(key) ?? { left: atOnce, at: now() };
    // The bucket that was asked for longest ago is full again.
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
