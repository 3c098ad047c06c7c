import type { Entry } from '../../aws/stores/ledger.ts';
import { type Action, type CallOutcome, callsIn } from '../../engine/remediation/action.ts';
import type { Call } from '../../model/control.ts';
import { canonicalJson } from '../../support/canonical-json.ts';
import type { RemediationRuntime } from '../runtime/runtime.ts';

/** The next state of an action in the ledger. Throws where somebody wrote it since. */
export const save = async (
  before: Entry,
  action: Action,
  runtime: RemediationRuntime,
): Promise<Entry> => {
  const after = await runtime.remediation.ledger.put(before, action);
  if (!after) throw new Error(`${action.id} was written by somebody else`);
  return after;
};

/** The outcome of a call that is not made, or not made again. */
export const failedCall = (
  { service, operation }: Pick<CallOutcome, 'service' | 'operation'>,
  at: string,
  why: string,
): CallOutcome => ({
  service,
  operation,
  at,
  result: 'failed',
  error: why,
});

/** The call that was never answered, as far as the plan tells. */
export const unanswered = (action: Action): Pick<CallOutcome, 'service' | 'operation'> => {
  const planned = callsIn(action);
  const receipt = { service: 'sqs', operation: 'receiveMessage' };
  return planned[action.calls.length] ?? planned.at(-1) ?? receipt;
};

/** The call that was next when an earlier delivery ended: it can have been made without its outcome being kept. */
const underWay = (action: Action): Call | undefined => callsIn(action)[action.calls.length];

const withOutcome = async (
  entry: Entry,
  outcomeOf: (call: Call, at: string) => CallOutcome,
  runtime: RemediationRuntime,
): Promise<Entry> => {
  const { action } = entry;
  const call = underWay(action);
  if (!call) return entry;
  const outcome = outcomeOf(call, runtime.clock().toISOString());
  return save(entry, { ...action, calls: [...action.calls, outcome] }, runtime);
};

/** Keeps that the call under way was made, where it is not among those that are left to do. */
export const recordLostCall = async (
  entry: Entry,
  left: readonly Call[],
  runtime: RemediationRuntime,
): Promise<Entry> => {
  const next = canonicalJson(underWay(entry.action));
  if (left.some((one) => canonicalJson(one) === next)) return entry;
  const lost = ({ service, operation }: Call, at: string) =>
    ({ service, operation, at, result: 'lost' }) as const;
  return withOutcome(entry, lost, runtime);
};

/** Where nothing more is called: the call under way was made, or it is kept why nobody can tell. */
export const closePendingCall = (
  entry: Entry,
  why: string | undefined,
  runtime: RemediationRuntime,
): Promise<Entry> =>
  why === undefined
    ? recordLostCall(entry, [], runtime)
    : withOutcome(entry, (call, at) => failedCall(call, at, why), runtime);
