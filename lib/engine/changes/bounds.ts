/** By how much a clock that is not ours may be ahead. */
export const mostAheadMs = 5 * 60_000;
/** As long as a queue keeps a message at most. */
export const mostAgeMs = 14 * 86_400_000;

const isAhead = (time: number, now: Date): boolean => time > now.getTime() + mostAheadMs;

/** Whether a time of ours, ISO 8601, cannot be: it is still to come. */
export const isFuture = (time: string, now: Date): boolean => isAhead(Date.parse(time), now);

/** What is wrong with a time that a message gives, if anything is. */
export const timeFault = (
  time: string | undefined,
  now: Date,
): 'malformed' | 'future' | 'stale' | undefined => {
  const at = Date.parse(time ?? '');
  if (Number.isNaN(at)) return 'malformed';
  if (isAhead(at, now)) return 'future';
  return at < now.getTime() - mostAgeMs ? 'stale' : undefined;
};
