import { timeFault } from '../../../engine/changes/bounds.ts';
import { envelopeFault, whereIn } from '../../../engine/changes/envelope.ts';
import { type HostAt, type HostMessage, sayWhere } from '../../../engine/changes/host-message.ts';
import { isGoverned, type Place } from '../../../engine/changes/place.ts';
import type { Provenance } from '../../../engine/changes/sender.ts';
import type { DropReason } from '../../../engine/changes/triggered.ts';
import { isActionId } from '../../../engine/remediation/action.ts';
import { asRecord, list, text } from '../../../support/untyped.ts';
import type { Parsed } from '../../runtime/batch.ts';
import { isUnfinished } from '../invocation.ts';

/** Why an event is not one that AWS sends from this source, of a governed region of a governed account. */
export const eventFault = (
  event: Readonly<Record<string, unknown>>,
  source: string,
  place: Place,
  provenance: Provenance,
): DropReason | undefined =>
  event['source'] === source ? envelopeFault(event, place, provenance) : 'foreign';

/**
 * Where one of our own messages says that its host is; nothing for the home region, as messages of an earlier release.
 * `ungoverned` where that is governed no longer.
 */
export const placeSaid = (
  message: Readonly<Record<string, unknown>>,
  place: Place,
): Pick<HostAt, 'where'> | 'malformed' | 'ungoverned' => {
  if (message['where'] === undefined) return {};
  const { account, region } = whereIn(asRecord(message['where']));
  if (account === '' || region === '') return 'malformed';
  return isGoverned({ account, region }, place)
    ? sayWhere({ account, region }, place)
    : 'ungoverned';
};

const answered = (detail: Readonly<Record<string, unknown>>): HostMessage | undefined => {
  const host = text(detail['instance-id']);
  const command = text(detail['command-id']);
  const document = text(detail['document-name']);
  const requestedAt = text(detail['requested-date-time']);
  if (!(host && command && document && requestedAt)) return undefined;
  if (Number.isNaN(Date.parse(requestedAt))) return undefined;
  const at = new Date(requestedAt).toISOString();
  return { type: 'answered', host, command, document, requestedAt: at };
};

const waiting = (message: Readonly<Record<string, unknown>>): HostMessage | undefined => {
  const [host, since, why] = [message['host'], message['since'], message['why']].map(text);
  const action = text(message['action']) ?? '';
  const controls = list(message['controls']).flatMap((control) => text(control) ?? []);
  const tries = Number(message['tries']);
  const { askedBy } = message;
  if (!(host && since && why) || Number.isNaN(Date.parse(since))) return undefined;
  if (!isActionId(action) || controls.length === 0 || !Number.isInteger(tries)) return undefined;
  // A person is told at once, and never waits.
  if (askedBy !== 'drift' && askedBy !== 'backlog') return undefined;
  return { type: 'waits', host, action, controls, askedBy, since, tries, why };
};

const own = (message: Readonly<Record<string, unknown>>): HostMessage | undefined => {
  const host = text(message['host']);
  const since = text(message['since']);
  const action = text(message['action']);
  // An earlier release called it `news`: such a message may still be on its way.
  const type = message['type'] ?? message['news'];
  if (type === 'waits') return waiting(message);
  if (type === 'silent' && host && since) return { type, host, since };
  if (type === 'review' && host) return { type, host };
  if (type === 'awaited' && host && action && since) return { type, host, action, since };
  return type === 'overdue' && host && action ? { type, host, action } : undefined;
};

/** The time that a message gives. A host may have been silent for longer than a message is kept. */
const faultOf = (message: HostMessage, now: Date): DropReason | undefined => {
  if (message.type === 'answered') return timeFault(message.requestedAt, now);
  if (!('since' in message)) return undefined;
  const fault = timeFault(message.since, now);
  return message.type === 'silent' && fault === 'stale' ? undefined : fault;
};

const dropped = (reason: DropReason): Parsed<HostMessage> => ({
  items: [],
  dropped: reason,
  ids: {},
});
const taken = (
  said: HostMessage | undefined,
  where: ReturnType<typeof placeSaid>,
  now: Date,
): Parsed<HostMessage> => {
  if (!said) return dropped('malformed');
  if (typeof where === 'string') return dropped(where);
  const message = { ...said, ...where };
  const fault = faultOf(message, now);
  return fault === undefined ? { items: [message], ids: { ...message } } : dropped(fault);
};

/** What a message of the queue of results tells: SSM's, that a command is over; EC2's, that an instance is; or our own. */
export const parseHostMessage = (
  body: unknown,
  place: Place,
  provenance: Provenance,
): Parsed<HostMessage> => {
  const message = asRecord(body);
  const detail = asRecord(message['detail']);
  const { sender, now } = provenance;
  if (message['version'] === 1)
    return sender.kind === 'own'
      ? taken(own(message), placeSaid(message, place), now)
      : dropped('outsider');
  const source = message['source'] === 'aws.ssm' ? 'aws.ssm' : 'aws.ec2';
  const fault = eventFault(message, source, place, provenance);
  if (fault !== undefined) return dropped(fault);
  const where = sayWhere(whereIn(message), place);
  if (source === 'aws.ssm') {
    const isOver = !isUnfinished(text(detail['status']) ?? 'Pending');
    return isOver ? taken(answered(detail), where, now) : dropped('readOnly');
  }
  const host = text(detail['instance-id']);
  if (!host) return dropped('malformed');
  // The bus brings every state of an instance elsewhere: the other ones say nothing of whether there is a host.
  if (detail['state'] !== 'terminated') return dropped('readOnly');
  return taken({ type: 'terminated', host }, where, now);
};
