import type { Place } from '../../../engine/changes/triggered.ts';
import { list, record, text } from '../../../support/untyped.ts';
import type { Taken } from '../../runtime/batch.ts';
import type { AuditStep } from '../ports.ts';
import { isOurs } from './host-message.ts';

/** What a message of the Audits queue asks for: a schedule's word, our own, or EC2's that an instance runs. */
export const takeStep = (body: unknown, place: Place): Taken<AuditStep> => {
  const message = record(body);
  const { version, audit, host, since, token, page } = message;
  if (version === 1 && audit === 'due') return { items: [{ audit }], ids: { audit } };
  if (version === 1 && audit === 'all') {
    const next = text(token) === undefined ? {} : { token: String(token) };
    const number = Number.isInteger(page) ? { page: Number(page) } : {};
    return { items: [{ audit, ...next, ...number }], ids: { audit } };
  }
  if (version === 1 && audit === 'started' && text(host) && text(since))
    return { items: [{ audit, host: String(host), since: String(since) }], ids: { audit, host } };
  const areas = list(message['areas']).flatMap((area) => text(area) ?? []);
  if (version === 1 && audit === 'again' && text(host) && areas.length > 0)
    return { items: [{ audit, host: String(host), areas }], ids: { audit, host } };
  const detail = record(message['detail']);
  const started = text(detail['instance-id']);
  const at = text(message['time']);
  if (!isOurs(message, 'aws.ec2', place)) return { items: [], dropped: 'foreign', ids: {} };
  if (detail['state'] !== 'running' || !started || !at)
    return { items: [], dropped: 'malformed', ids: {} };
  return {
    items: [{ audit: 'started', host: started, since: at }],
    ids: { host: started, state: 'running' },
  };
};
