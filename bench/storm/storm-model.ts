import { batchSize, limits, type StormOptions } from './storm.ts';

/** Changes a second that AWS's limits let through, by the phases of a storm. */
export interface StormModel {
  /** Each change is the first of its resource, or its last: each batch has a finding to import. */
  readonly importing: number;
  /** Nothing is news: resources are read, and nothing is imported. */
  readonly reading: number;
  readonly changesPerSecond: number;
}

const perSecond = (limit: keyof typeof limits, callsPerChange: number): number =>
  limits[limit].perSecond / callsPerChange;

/**
 * What the limits allow where every change has a settle of its own, and nothing else holds it up: a batch of changes is
 * one Describe, and so is a batch of messages that settles came in.
 */
export const modelledStorm = ({ changes, resources, form }: StormOptions): StormModel => {
  const resourcesOfMessage = form === 'deflated' ? batchSize : 1;
  const describes = 1 / batchSize + 1 / (batchSize * resourcesOfMessage);
  const reading = perSecond('DescribeSecurityGroups', describes);
  const importing = Math.min(reading, perSecond('BatchImportFindings', 1 / batchSize));
  const seconds = (2 * resources) / importing + (changes - 2 * resources) / reading;
  return { importing, reading, changesPerSecond: changes / seconds };
};
