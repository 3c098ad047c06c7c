import {
  type Evidence,
  fail,
  notApplicable,
  pass,
  type Snapshot,
  type Verdict,
} from '../../../model/control.ts';
import type { distribution } from '../../../resources/cloudfront/distribution.ts';

type Origin = Snapshot<typeof distribution, 'origins'>['origins'][number];

/** A verdict over those origins that are asked about; none of them is not applicable. */
const evaluateOrigins = (
  origins: readonly Origin[],
  isAsked: (origin: Origin) => boolean,
  { none, reason }: { readonly none: string; readonly reason: string },
  faultOf: (origin: Origin) => (Omit<Evidence, 'path'> & { readonly of: string }) | undefined,
): Verdict => {
  if (!origins.some(isAsked)) return notApplicable(none);
  const faults = origins.flatMap((origin, index): readonly Evidence[] => {
    const fault = isAsked(origin) ? faultOf(origin) : undefined;
    if (!fault) return [];
    const { of, ...evidence } = fault;
    return [{ path: `origins[${index}].${of}`, ...evidence }];
  });
  return faults.length === 0 ? pass : fail(reason, faults);
};

type Fault = Parameters<typeof evaluateOrigins>[3];

/** Over the servers that CloudFront talks to; a website of S3 is one. */
export const evaluateServers = (
  origins: readonly Origin[],
  reason: string,
  faultOf: Fault,
): Verdict => {
  const asked = { none: 'none of its origins is a server', reason };
  return evaluateOrigins(origins, ({ protocol }) => protocol !== undefined, asked, faultOf);
};

export const isBucket = ({ bucket }: Origin): boolean => bucket !== undefined;

/** Over the buckets that it takes objects from. */
export const evaluateBuckets = (
  origins: readonly Origin[],
  reason: string,
  faultOf: Fault,
): Verdict =>
  evaluateOrigins(origins, isBucket, { none: 'none of its origins is a bucket', reason }, faultOf);
