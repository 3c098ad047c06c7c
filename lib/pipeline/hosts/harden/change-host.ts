import { attempted, codeOf, messageOf } from '../../../aws/errors.ts';
import type { Entry } from '../../../aws/stores/ledger.ts';
import { keyOf } from '../../../engine/changes/change.ts';
import { type HostAt, sayWhere } from '../../../engine/changes/host-message.ts';
import { type Action, type CallOutcome, callsIn } from '../../../engine/remediation/action.ts';
import type { Delivery } from '../../../engine/remediation/delivery.ts';
import type { Call } from '../../../model/control.ts';
import { asRecord, text } from '../../../support/untyped.ts';
import { save } from '../../remediate/action-log.ts';
import { make, whyStopped } from '../../remediate/carry-out.ts';
import type { RemediationRuntime } from '../../runtime/runtime.ts';
import { versionOf } from '../sendable.ts';
import { withCommand } from './harden-plan.ts';
import type { Hardening } from './hardening.ts';

/** After this time a command without an answer counts as lost. No step of a change takes as long. */
const overdueSeconds = 900;
/** After this time a host has rolled back what was not confirmed. */
const takenBackSeconds = 360;

export const hardeningOf = ({ remediation: { hardening } }: RemediationRuntime): Hardening => {
  if (!hardening) throw new Error('this stack changes no hosts: deploy it with a mode of plan');
  return hardening;
};

/** The host of an action, in the form that messages have. */
const hostOf = ({ ref }: Pick<Action, 'ref'>, { place }: RemediationRuntime): HostAt => ({
  host: ref.id,
  ...sayWhere(ref, place),
});

const turnKey = (action: Action): string => `${keyOf(action)}#turn`;

/** Takes the lock of a host: one action at a time changes it, since the host refuses a second one. False where it is taken. */
export const takeTurn = (
  action: Action,
  delivery: Delivery | undefined,
  runtime: RemediationRuntime,
): Promise<boolean> => {
  const { locks } = runtime.remediation;
  const now = runtime.clock();
  const until = new Date(now.getTime() + overdueSeconds * 1000);
  // The same message takes it again when it is received once more.
  const holder = { token: action.id, ...(delivery ? { delivery } : {}) };
  return locks.take(turnKey(action), holder, now, until);
};
export const endTurn = (
  action: Action,
  { remediation: { locks } }: RemediationRuntime,
): Promise<void> => locks.release(turnKey(action), { token: action.id });

/** The areas that controls are audited with. */
export const areasOf = (
  controls: readonly string[],
  runtime: RemediationRuntime,
): readonly string[] => [
  ...new Set(controls.flatMap((control) => hardeningOf(runtime).areaOf(control) ?? [])),
];

/**
 * Has the controls of an action audited again: only that says what it achieved. Where others wait for what it does to
 * the host, all that is evaluated on it.
 */
export const evaluateAgain = async (
  entry: Entry,
  delaySeconds: number,
  runtime: RemediationRuntime,
): Promise<void> => {
  const { action } = entry;
  if (action.state !== 'VERIFYING') {
    const actedAt = runtime.clock().toISOString();
    await save(entry, { ...action, state: 'VERIFYING', actedAt }, runtime);
  }
  const { audit } = hardeningOf(runtime);
  const controls = action.canary ? Object.keys(runtime.baseline.controls) : action.controls;
  const areas = areasOf(controls, runtime);
  await audit({ audit: 'again', areas, ...hostOf(action, runtime) }, delaySeconds);
  // What was not confirmed is still to be taken back: the host's turn ends by itself after that.
  if (delaySeconds > 0) return;
  await endTurn(action, runtime);
};

/** Keeps why the last step failed. What it may have changed is taken back by the host, and looked at after that. */
export const failStep = async (
  entry: Entry,
  error: string,
  runtime: RemediationRuntime,
): Promise<void> => {
  const { action } = entry;
  const at = runtime.clock().toISOString();
  const last = action.calls.at(-1) ?? { service: 'ssm', operation: 'sendCommand', at };
  const calls = [...action.calls.slice(0, -1), { ...last, result: 'failed' as const, error }];
  const failed = await save(entry, { ...action, calls, actedAt: at }, runtime);
  await evaluateAgain(failed, takenBackSeconds, runtime);
};

/** Sends one command in a session that may send nothing else, and notes what its answer belongs to. */
const send = async (
  { id, ref, grants = [] }: Action,
  call: Call,
  transaction: string | undefined,
  runtime: RemediationRuntime,
): Promise<string> => {
  const { documents, inventory, ssm } = hardeningOf(runtime);
  const name = text(asRecord(call.input)['DocumentName']) ?? '';
  const document = documents.find((one) => one.name === name);
  if (!document) throw new Error(`${name} is not deployed`);
  const version = await versionOf(document, await ssm(ref));
  const client = await (await runtime.remediation.session(grants, id, ref))('ssm');
  const off = await whyStopped(runtime);
  if (off !== undefined) throw new Error(off);
  const input = { ...call.input, ...version, Comment: `Plumbline ${id}` };
  const answer = asRecord(asRecord(await make(client, { ...call, input }, ref.account))['Command']);
  const command = text(answer['CommandId']);
  if (command === undefined) throw new Error(`SSM gave no id for ${name}`);
  await inventory.noteCommand(
    {
      id: command,
      document: name,
      version: version.DocumentVersion,
      hash: document.hash,
      areas: [],
      hosts: [ref.id],
      ...sayWhere(ref, runtime.place),
      change: { action: id, transaction: transaction ?? command },
    },
    runtime.clock(),
  );
  return command;
};

/** The plan with the id that its undo needs. */
const planSent = ({ plan, ref, undoes }: Action, command: string): Pick<Action, 'plan'> => {
  if (plan?.kind !== 'calls' || undoes !== undefined) return plan ? { plan } : {};
  return { plan: withCommand(plan, ref, command) };
};

/**
 * Sends one command of an action to its host, and keeps what became of that: whether it was sent.
 * @param transaction the id of the command that began the change; of the first there is none yet
 */
export const sendTo = async (
  entry: Entry,
  call: Call,
  transaction: string | undefined,
  runtime: RemediationRuntime,
): Promise<boolean> => {
  const { action } = entry;
  const sent = await attempted(() => send(action, call, transaction, runtime));
  const at = runtime.clock().toISOString();
  const made = { service: call.service, operation: call.operation, at };
  const outcome: CallOutcome =
    'failure' in sent
      ? { ...made, result: 'failed', error: `${codeOf(sent.failure)}: ${messageOf(sent.failure)}` }
      : { ...made, result: 'done', command: sent.value };
  const plan = 'value' in sent && !transaction ? planSent(action, sent.value) : {};
  const calls = [...action.calls, outcome];
  const last = await save(entry, { ...action, ...plan, calls, actedAt: at }, runtime);
  if ('failure' in sent) await evaluateAgain(last, takenBackSeconds, runtime);
  return 'value' in sent;
};

/** Begins what an action does to its host, whose answers go on with it; false where nothing could be sent. */
export const beginOnHost = async (
  entry: Entry,
  transaction: string | undefined,
  runtime: RemediationRuntime,
): Promise<boolean> => {
  const { id: action, startedAt: since } = entry.action;
  const at = hostOf(entry.action, runtime);
  const [first] = callsIn(entry.action);
  if (!first) throw new Error(`${action} has nothing to send`);
  const { tell } = hardeningOf(runtime);
  await tell({ type: 'awaited', action, since, ...at });
  await tell({ type: 'overdue', action, ...at }, overdueSeconds);
  return sendTo(entry, first, transaction, runtime);
};

/** What a crash has left of an action on a host. Nothing is sent a second time. */
export const finishOnHost = async (entry: Entry, runtime: RemediationRuntime): Promise<void> => {
  const { state, calls, id: action, startedAt: since } = entry.action;
  if (state !== 'VERIFYING' && state !== 'ACTING') return;
  // The delivery may have died before it told.
  const { tell } = hardeningOf(runtime);
  await tell({ type: 'awaited', action, since, ...hostOf(entry.action, runtime) });
  if (state === 'VERIFYING') return evaluateAgain(entry, 0, runtime);
  const failed = calls.find(({ result }) => result === 'failed');
  if (failed) return evaluateAgain(entry, takenBackSeconds, runtime);
  if (calls.length > 0) return;
  const why = 'it was interrupted: what it may have begun, the host takes back by itself';
  return failStep(entry, why, runtime);
};
