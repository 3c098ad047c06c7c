import type { GetCommandInvocationResult } from '@aws-sdk/client-ssm';
import { isNotEntered } from '../../../aws/entry.ts';
import { asError, attempted } from '../../../aws/errors.ts';
import { hostKey, type SentCommand } from '../../../aws/stores/host-inventory.ts';
import { whereKey } from '../../../engine/changes/change.ts';
import { type HostAt, type HostMessage, whereOf } from '../../../engine/changes/host-message.ts';
import { lookAtEntry } from '../../runtime/away.ts';
import type { Outcome } from '../../runtime/batch.ts';
import { overdue } from '../harden/host-command-result.ts';
import { hostAnswers, readingOf } from '../host-controls.ts';
import { hostInstance } from '../host-instance.ts';
import { type Hosts, hostsAt } from '../hosts.ts';
import { invocationOf } from '../invocation.ts';
import { type Audit, auditIn } from './audit-output.ts';
import { evaluatedOn, recordHost, refOf } from './record-host.ts';

type Answered = Extract<HostMessage, { type: 'answered' }>;
type Waiting = Extract<HostMessage, { type: 'waits' }>;

/** An answer can come before it is noted that it was asked for; later than this, nobody did. */
const graceMs = 20_000;

/** What a command brought of a host; undefined where it did not run there, which says nothing of the host. */
const auditOf = (
  { Status, StatusDetails, StandardOutputContent = '' }: GetCommandInvocationResult,
  { hash, areas }: SentCommand,
  { controls }: Hosts,
): Audit | undefined => {
  if (StatusDetails === 'ExecutionTimedOut') return { fault: 'the audit took too long' };
  if (Status !== 'Success' && Status !== 'Failed') return undefined;
  const ids = new Set(controls.filter(({ area }) => areas.includes(area)).map(({ id }) => id));
  const audit = auditIn(StandardOutputContent, { hash, areas, ids });
  if (Status === 'Failed' && !('fault' in audit)) return { fault: 'the audit ended with an error' };
  return audit;
};

/** A command was sent to hosts of one place: whoever is elsewhere answers nothing for them. */
const isAnswerTo = (
  message: Answered,
  command: SentCommand,
  { runtime: { place } }: Hosts,
): boolean =>
  command.document === message.document &&
  command.hosts.includes(message.host) &&
  whereKey(whereOf(command, place)) === whereKey(whereOf(message, place));

/** What a host says of a change is heard by the one function that changes hosts. */
const passOn = async (at: HostAt, id: string, command: string, hosts: Hosts): Promise<Outcome> => {
  const { queues } = hosts.runtime;
  const ref = refOf(at, hosts);
  const askedBy = { kind: 'person' } as const;
  await queues.ask([
    { version: 1, ask: 'answer', id, type: hostInstance.type, ref, askedBy, command },
  ]);
  return { done: 0 };
};

/** Time has passed: what waited is asked for again, and looked at as if it were new. */
const askAgain = async (message: Waiting, hosts: Hosts): Promise<Outcome> => {
  const { action, controls, askedBy: kind, since, tries } = message;
  const ask = { version: 1, ask: 'remediate', id: action, type: hostInstance.type } as const;
  const again = { controls, askedBy: { kind }, waited: { since, tries } } as const;
  await hosts.runtime.queues.ask([{ ...ask, ref: refOf(message, hosts), ...again }]);
  return { done: 0 };
};

/** Only what we asked counts, from the host that SSM names, and of the areas that it was asked for. */
const takeAnswer = async (message: Answered, known: Hosts): Promise<Outcome> => {
  const where = whereOf(message, known.runtime.place);
  const hosts = hostsAt(where, known);
  const { runtime, inventory } = hosts;
  const command = await inventory.command(message.command);
  const isFresh = runtime.clock().getTime() - Date.parse(message.requestedAt) < graceMs;
  if (!command && isFresh) throw new Error(`the command ${message.command} is not noted yet`);
  if (!command || !isAnswerTo(message, command, hosts)) return { dropped: 'foreign' };
  if (command.change) return passOn(message, command.change.action, command.id, hosts);
  const invocation = await invocationOf(command, message.host, where, hosts.ssm);
  if (!invocation) return { dropped: 'foreign' };
  const audit = auditOf(invocation, command, hosts);
  if (!audit) return { dropped: 'failed' };
  const readAt = new Date(message.requestedAt);
  const inAreas = hosts.controls.filter(({ area }) => command.areas.includes(area));
  const controls = (await runtime.controlsOf(hostInstance.type)).filter(
    ({ id }) => runtime.baseline.controls[id] && inAreas.some((one) => one.id === id),
  );
  const isAudit = !('fault' in audit);
  const readings = { audit: readingOf(audit), answered: { value: undefined } };
  const evaluated = [
    ...(await evaluatedOn(controls, readings, readAt, message, hosts, command.hash)),
    ...(isAudit ? await evaluatedOn([hostAnswers], readings, readAt, message, hosts) : []),
  ];
  const outcome = await recordHost(
    message,
    {
      evaluated,
      ...(isAudit && audit.system !== undefined ? { system: audit.system } : {}),
    },
    hosts,
  );
  if (isAudit) await inventory.noteAnswer(message, message.requestedAt);
  return outcome;
};

const takeEnd = async (at: HostAt, hosts: Hosts): Promise<Outcome> => {
  const outcome = await recordHost(at, { evaluated: [], goneAt: hosts.runtime.clock() }, hosts);
  await hosts.inventory.forget(at);
  return outcome;
};

/** A host that is stopped has nothing to say, and one that is terminated is no host. */
const takeSilence = async (at: HostAt, since: string, hosts: Hosts): Promise<Outcome> => {
  const { runtime } = hosts;
  const ref = refOf(at, hosts);
  const reading = await runtime.reader(ref).read(hostInstance, ref, ['state']);
  const state = reading.gone ? undefined : reading.facets['state'];
  const name = state && 'value' in state ? state.value : undefined;
  if (reading.gone || name === 'terminated') return takeEnd(at, hosts);
  if (name !== undefined && name !== 'running') return { done: 0 };
  const readings = { answered: { value: since } };
  const evaluated = await evaluatedOn([hostAnswers], readings, runtime.clock(), at, hosts);
  return recordHost(at, { evaluated }, hosts);
};

const take = (message: HostMessage, hosts: Hosts): Promise<Outcome> => {
  if (message.type === 'answered') return takeAnswer(message, hosts);
  if (message.type === 'terminated') return takeEnd(message, hosts);
  if (message.type === 'overdue') return passOn(message, message.action, overdue, hosts);
  if (message.type === 'review') return recordHost(message, { evaluated: [] }, hosts);
  if (message.type === 'waits') return askAgain(message, hosts);
  if (message.type === 'awaited') {
    const { action, since } = message;
    return recordHost(message, { evaluated: [], awaits: [{ action, since }] }, hosts);
  }
  return takeSilence(message, message.since, hosts);
};

/** An account that lets us no longer in is evaluated by itself; what is known of its hosts stays as it is. */
const takeWherever = async (message: HostMessage, hosts: Hosts): Promise<Outcome> => {
  const taken = await attempted(() => take(message, hosts));
  if ('value' in taken) return taken.value;
  if (!isNotEntered(taken.failure)) return { failure: asError(taken.failure) };
  await lookAtEntry(taken.failure.account, hosts.runtime);
  return { dropped: 'notEntered' };
};

/** What one host tells, in turn: each answer writes the same row. */
const takeInTurn = async (
  all: readonly HostMessage[],
  hosts: Hosts,
): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const message of all) outcomes.push(await takeWherever(message, hosts));
  return outcomes;
};

/** Takes what hosts tell; what fails is no other's business. */
export const hostResults = async (
  all: readonly HostMessage[],
  hosts: Hosts,
): Promise<readonly Outcome[]> => {
  const byHost = new Map<string, HostMessage[]>();
  for (const message of all) {
    const key = hostKey(message);
    byHost.set(key, [...(byHost.get(key) ?? []), message]);
  }
  const outcomes = new Map<HostMessage, Outcome | undefined>();
  await Promise.all(
    [...byHost.values()].map(async (group) => {
      const taken = await takeInTurn(group, hosts);
      for (const [index, message] of group.entries()) outcomes.set(message, taken[index]);
    }),
  );
  return all.map((message) => outcomes.get(message) ?? { done: 0 });
};
