import type { GetCommandInvocationResult } from '@aws-sdk/client-ssm';
import type { SentCommand } from '../../../aws/stores/host-inventory.ts';
import type { Entry } from '../../../aws/stores/ledger.ts';
import { keyOf } from '../../../engine/changes/change.ts';
import type { Action } from '../../../engine/remediation/action.ts';
import type { HostAnswer } from '../../../engine/remediation/request.ts';
import { whyNotOurs } from '../../remediate/derive.ts';
import type { RemediationRuntime } from '../../runtime/runtime.ts';
import { invocationOf } from '../invocation.ts';
import { evaluateAgain, failStep, hardeningOf, sendTo } from './change-host.ts';
import { changeIn, type Said } from './change-output.ts';
import { confirmationOf, confirmDocument, rollbackDocument } from './harden-plan.ts';

/** In place of a command's id: its answer should have come by now. */
export const overdue = 'overdue';

type Change = NonNullable<SentCommand['change']>;

const saidBy = (
  { Status, StatusDetails, StandardOutputContent = '' }: GetCommandInvocationResult,
  { hash }: SentCommand,
  { transaction }: Change,
): Said | string => {
  if (Status !== 'Success' && Status !== 'Failed') return `SSM says ${StatusDetails ?? Status}`;
  return changeIn(StandardOutputContent, { hash, transaction });
};

const why = ({ outcome, reason, left, results }: Said): string =>
  [
    `the host says ${outcome}`,
    ...(reason === '' ? [] : [reason]),
    ...left,
    ...[...results].map(([control, became]) => `${control} ${became}`),
  ].join('; ');

/** Whether the host says that it has done what it was asked for: what it says beside that counts for nothing. */
const isDone = (said: Said, document: string, { controls }: Action): boolean => {
  if (document === confirmDocument) return said.outcome === 'confirmed';
  if (document === rollbackDocument) return said.outcome === 'reverted' && said.left.length === 0;
  if (said.outcome === 'unchanged')
    return controls.every((one) => said.results.get(one) === 'same');
  return said.outcome === 'applied' && controls.every((one) => said.results.get(one) === 'changed');
};

/** Whether it has changed nothing: what it says of a confirmation is of what is changed already. */
const isUnchanged = ({ outcome }: Said, document: string): boolean =>
  document !== confirmDocument &&
  document !== rollbackDocument &&
  (outcome === 'refused' || outcome === 'unchanged');

const isNext = (said: Said, document: string): boolean =>
  document !== confirmDocument && document !== rollbackDocument && said.outcome === 'applied';

const goOn = async (
  entry: Entry,
  said: Said | string,
  command: SentCommand,
  runtime: RemediationRuntime,
): Promise<void> => {
  const { action } = entry;
  if (typeof said === 'string') return failStep(entry, said, runtime);
  const isNothing = isUnchanged(said, command.document);
  const heard = isNothing ? { ...entry, action: { ...action, unchanged: true as const } } : entry;
  if (!isDone(said, command.document, action)) return failStep(heard, why(said), runtime);
  if (!isNext(said, command.document)) return evaluateAgain(heard, 0, runtime);
  const unlike = await whyNotOurs(entry, action.id, action, runtime);
  if (unlike !== undefined) return failStep(heard, unlike, runtime);
  // What was begun by the command is ended by its id, whatever the host says.
  await sendTo(entry, confirmationOf(action.ref, command.id), command.id, runtime);
};

/**
 * Goes on with an action whose host has answered. Only the answer to the command that the action sent last counts, as
 * SSM keeps it, and only while it is waited for: what comes later finds the host taking back what nobody confirmed.
 */
export const continueOnHost = async (
  ask: HostAnswer,
  runtime: RemediationRuntime,
): Promise<void> => {
  const entry = await runtime.remediation.ledger.get(ask.id);
  if (!entry || keyOf(entry.action) !== keyOf(ask)) return;
  const { state, calls } = entry.action;
  const last = calls.at(-1);
  if (ask.command === overdue) {
    if (state !== 'ACTING') return;
    return failStep(entry, 'no answer of the host was heard', runtime);
  }
  if (last?.command !== ask.command) return;
  // The delivery that heard it may have died before it had the host audited.
  if (state === 'VERIFYING' && last.result === 'done') return evaluateAgain(entry, 0, runtime);
  if (state !== 'ACTING') return;
  const { inventory, ssm } = hardeningOf(runtime);
  const command = await inventory.command(ask.command);
  if (command?.change?.action !== ask.id || !command.hosts.includes(ask.ref.id)) return;
  const invocation = await invocationOf(command, ask.ref.id, ask.ref, ssm);
  if (!invocation) return;
  await goOn(entry, saidBy(invocation, command, command.change), command, runtime);
};
