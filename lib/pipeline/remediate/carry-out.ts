import { attempted, codeOf, mayPass, messageOf } from '../../aws/errors.ts';
import { serviceNamed } from '../../aws/services.ts';
import type { Entry } from '../../aws/stores/ledger.ts';
import type { CallOutcome } from '../../engine/remediation/action.ts';
import type { SessionGrant } from '../../engine/remediation/session-policy.ts';
import type { Call } from '../../model/control.ts';
import { ownedBy } from '../../services/service.ts';
import type { RemediationRuntime } from '../runtime/runtime.ts';
import { failedCall, recordLostCall, save } from './action-log.ts';

const outcomeOf = (
  { service, operation, tolerates }: Pick<Call, 'operation' | 'tolerates'> & { service: string },
  at: string,
  failure: unknown,
): CallOutcome => {
  const made = { service, operation, at };
  if (failure === undefined) return { ...made, result: 'done' };
  if (tolerates?.includes(codeOf(failure))) return { ...made, result: 'tolerated' };
  return { ...made, result: 'failed', error: `${codeOf(failure)}: ${messageOf(failure)}` };
};

/**
 * Why nothing more may be called; the switch is read before every single call. Throws where it may be read when tried
 * again: the next delivery goes on.
 */
export const whyStopped = async (runtime: RemediationRuntime): Promise<string | undefined> => {
  const read = await attempted(() => runtime.remediation.isOn());
  if ('failure' in read && mayPass(read.failure)) throw read.failure;
  if ('failure' in read) return `the kill switch could not be read: ${messageOf(read.failure)}`;
  return read.value ? undefined : 'remediation was switched off';
};

/** Makes a call on what the account owns. The SDK writes into what it is given: checksums, for one. */
export const make = async (
  client: object,
  { service, operation, input }: Call,
  account: string,
): Promise<unknown> => {
  const owned = ownedBy(account, await serviceNamed(service), operation, input);
  return Reflect.get(client, operation).call(client, structuredClone(owned));
};

/** Nothing was called, because the remediator's role may not be assumed. */
const unopened = (entry: Entry, failure: unknown, runtime: RemediationRuntime): Promise<Entry> => {
  const at = runtime.clock().toISOString();
  const outcome = outcomeOf({ service: 'sts', operation: 'assumeRole' }, at, failure);
  return save(entry, { ...entry.action, calls: [...entry.action.calls, outcome] }, runtime);
};

/**
 * Makes the calls of an action in a session of its own, in order, and keeps each one's outcome; stops at the first
 * that fails. Throws where AWS was busy or could not be reached: the next delivery goes on from what is so by then.
 */
export const carryOut = async (
  entry: Entry,
  calls: readonly Call[],
  grants: readonly SessionGrant[],
  runtime: RemediationRuntime,
): Promise<Entry> => {
  if (calls.length === 0) return entry;
  const opened = await attempted(() =>
    runtime.remediation.session(grants, entry.action.id, entry.action.ref),
  );
  if ('failure' in opened && mayPass(opened.failure)) throw opened.failure;
  if ('failure' in opened) return unopened(entry, opened.failure, runtime);
  const clients = opened.value;
  let last = await recordLostCall(entry, calls, runtime);
  for (const call of calls) {
    const why = await whyStopped(runtime);
    const client: object = await clients(call.service);
    const made =
      why === undefined
        ? await attempted(() => make(client, call, entry.action.ref.account))
        : { value: undefined };
    const failure = 'failure' in made ? made.failure : undefined;
    if (failure !== undefined && !call.tolerates?.includes(codeOf(failure)) && mayPass(failure)) {
      throw failure;
    }
    const at = runtime.clock().toISOString();
    const outcome = why === undefined ? outcomeOf(call, at, failure) : failedCall(call, at, why);
    const done = [...last.action.calls, outcome];
    const stopped = why === undefined ? {} : { stopped: true as const };
    last = await save(last, { ...last.action, calls: done, actedAt: at, ...stopped }, runtime);
    if (outcome.result === 'failed') break;
  }
  return last;
};
