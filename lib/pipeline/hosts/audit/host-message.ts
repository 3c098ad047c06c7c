import type { HostMessage } from '../../../engine/changes/host-message.ts';
import type { Place } from '../../../engine/changes/triggered.ts';
import { isActionId } from '../../../engine/remediation/action.ts';
import { list, record, text } from '../../../support/untyped.ts';
import type { Taken } from '../../runtime/batch.ts';
import { isUnfinished } from '../invocation.ts';

/** Nobody but AWS can send an event from a source that begins with "aws."; it must be of this account and region. */
export const isOurs = (
  event: Readonly<Record<string, unknown>>,
  source: string,
  { account, region }: Place,
): boolean =>
  event['source'] === source && event['account'] === account && event['region'] === region;

const answered = (detail: Readonly<Record<string, unknown>>): HostMessage | undefined => {
  const host = text(detail['instance-id']);
  const command = text(detail['command-id']);
  const document = text(detail['document-name']);
  const requestedAt = text(detail['requested-date-time']);
  if (!(host && command && document && requestedAt)) return undefined;
  if (Number.isNaN(Date.parse(requestedAt))) return undefined;
  const at = new Date(requestedAt).toISOString();
  return { news: 'answered', host, command, document, requestedAt: at };
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
  return { news: 'waits', host, action, controls, askedBy, since, tries, why };
};

const own = (message: Readonly<Record<string, unknown>>): HostMessage | undefined => {
  const host = text(message['host']);
  const since = text(message['since']);
  const action = text(message['action']);
  const { news } = message;
  if (news === 'waits') return waiting(message);
  if (news === 'silent' && host && since) return { news, host, since };
  if (news === 'review' && host) return { news, host };
  if (news === 'awaited' && host && action && since) return { news, host, action, since };
  return news === 'overdue' && host && action ? { news, host, action } : undefined;
};

const taken = (news: HostMessage | undefined): Taken<HostMessage> =>
  news ? { items: [news], ids: { ...news } } : { items: [], dropped: 'malformed', ids: {} };

/** What a message of the queue of results tells: SSM's, that a command is over; EC2's, that an instance is; or our own. */
export const takeNews = (body: unknown, place: Place): Taken<HostMessage> => {
  const message = record(body);
  const detail = record(message['detail']);
  if (message['version'] === 1) return taken(own(message));
  if (isOurs(message, 'aws.ssm', place)) {
    const isOver = !isUnfinished(text(detail['status']) ?? 'Pending');
    return isOver ? taken(answered(detail)) : { items: [], dropped: 'readOnly', ids: {} };
  }
  const host = text(detail['instance-id']);
  if (isOurs(message, 'aws.ec2', place) && detail['state'] === 'terminated' && host)
    return taken({ news: 'terminated', host });
  return { items: [], dropped: 'foreign', ids: {} };
};
