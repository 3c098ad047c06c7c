import { whyOutOfScope } from '../../../engine/baseline/operators.ts';
import { asRecord, text } from '../../../support/untyped.ts';
import type { HowReceived, Parsed } from '../../runtime/batch.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { AuditStep } from '../ports.ts';
import { takeStep } from './audit-steps.ts';

const isAskId = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);

const dropped = (reason: 'malformed' | 'outsider'): Parsed<AuditStep> => ({
  items: [],
  dropped: reason,
  ids: {},
});

/** An operator's ask for an audit of all hosts, known by the id of its sender: what it says of that is not read. */
const askedBy = async (
  message: Readonly<Record<string, unknown>>,
  { operators, baseline, place }: Runtime,
  { sender }: HowReceived['provenance'],
): Promise<Parsed<AuditStep>> => {
  if (sender.kind === 'own') return dropped('outsider');
  const id = text(message['id']) ?? '';
  if (!isAskId(id)) return dropped('malformed');
  const by = await operators?.named(sender.id);
  const { account } = place;
  if (by === undefined || whyOutOfScope(by, { ask: 'audit', account }, baseline) !== undefined)
    return dropped('outsider');
  return { items: [{ audit: 'asked', id }], ids: { audit: 'asked', id, by } };
};

/** What a message of the Audits queue asks for: an operator's word, the clock's, our own, or EC2's. */
export const takeMessage = async (
  body: unknown,
  runtime: Runtime,
  { provenance }: Pick<HowReceived, 'provenance'>,
): Promise<Parsed<AuditStep>> => {
  const message = asRecord(body);
  return message['version'] === 1 && message['audit'] === 'asked'
    ? askedBy(message, runtime, provenance)
    : takeStep(body, runtime.place, provenance);
};
