import { timeFault } from '../../../engine/changes/bounds.ts';
import { whereIn } from '../../../engine/changes/envelope.ts';
import { sayWhere } from '../../../engine/changes/host-message.ts';
import type { Place } from '../../../engine/changes/place.ts';
import type { Provenance } from '../../../engine/changes/sender.ts';
import type { DropReason } from '../../../engine/changes/triggered.ts';
import { asRecord, list, text } from '../../../support/untyped.ts';
import type { Parsed } from '../../runtime/batch.ts';
import type { AuditStep } from '../ports.ts';
import { eventFault, placeSaid } from './host-message.ts';

const own = (message: Readonly<Record<string, unknown>>): AuditStep | undefined => {
  const { audit, host, since, token, page } = message;
  if (audit === 'all') {
    const next = text(token) === undefined ? {} : { token: String(token) };
    const number = Number.isInteger(page) ? { page: Number(page) } : {};
    return { audit, ...next, ...number };
  }
  if (audit === 'started' && text(host) && text(since))
    return { audit, host: String(host), since: String(since) };
  const areas = list(message['areas']).flatMap((area) => text(area) ?? []);
  if (audit === 'again' && text(host) && areas.length > 0)
    return { audit, host: String(host), areas };
  return undefined;
};

const dropped = (reason: DropReason): Parsed<AuditStep> => ({
  items: [],
  dropped: reason,
  ids: {},
});

/**
 * What a message of the Audits queue asks for: the clock's word, our own, or EC2's that an instance runs. The clock says
 * only that it may be time.
 */
export const takeStep = (
  body: unknown,
  place: Place,
  provenance: Provenance,
): Parsed<AuditStep> => {
  const message = asRecord(body);
  const { sender, now } = provenance;
  const { audit } = message;
  if (message['version'] === 1) {
    if (audit === 'due') return { items: [{ audit }], ids: { audit } };
    if (sender.kind !== 'own') return dropped('outsider');
    const step = own(message);
    if (!step) return dropped('malformed');
    const fault = step.audit === 'started' ? timeFault(step.since, now) : undefined;
    if (fault !== undefined) return dropped(fault);
    const where = placeSaid(message, place);
    if (typeof where === 'string') return dropped(where);
    return {
      items: [{ ...step, ...where }],
      ids: { audit, ...where, ...('host' in step && { host: step.host }) },
    };
  }
  const detail = asRecord(message['detail']);
  const started = text(detail['instance-id']);
  const at = text(message['time']);
  const fault = eventFault(message, 'aws.ec2', place, provenance);
  if (fault !== undefined) return dropped(fault);
  if (!started || !at) return dropped('malformed');
  // The bus brings every state of an instance elsewhere.
  if (detail['state'] !== 'running') return dropped('readOnly');
  const where = sayWhere(whereIn(message), place);
  return {
    items: [{ audit: 'started', host: started, since: at, ...where }],
    ids: { host: started, ...where, state: 'running' },
  };
};
