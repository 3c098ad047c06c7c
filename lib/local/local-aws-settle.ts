import type { Answer, Before, DecodedCall } from './endpoint/call.ts';

interface Known {
  readonly answer: Answer;
  readonly at: number;
}
const mostAnswers = 20_000;
const never = Number.POSITIVE_INFINITY;

/**
 * Makes reads eventually consistent: for `settleMs` after a write to a service, a read that was made before the write
 * is answered as it was then. https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
 */
export const staleReads = (settleMs: number, now: () => number = Date.now): Before => {
  const known = new Map<string, Known>();
  const writes = new Map<string, number[]>();

  /** When the oldest write was made that reads of this service do not show yet. */
  const unseenSince = ({ service }: DecodedCall): number => {
    const recent = (writes.get(service) ?? []).filter((at) => at > now() - settleMs);
    writes.set(service, recent);
    return recent[0] ?? never;
  };

  return async (call, forward) => {
    if (!eventual.has(call.service)) return undefined;
    if (!call.readOnly) {
      writes.set(call.service, [...(writes.get(call.service) ?? []), now()]);
      return undefined;
    }
    const key = [call.service, call.method, call.path, call.headers['host'], call.body].join('\n');
    const before = known.get(key);
    const since = unseenSince(call);
    if (before && before.at < since && since !== never) return before.answer;
    const at = now();
    const answer = await forward(call);
    if (known.size >= mostAnswers) known.clear();
    known.set(key, { answer, at });
    return answer;
  };
};

const eventual = new Set<DecodedCall['service']>(['ec2', 'iam', 'rds', 's3', 's3control']);
