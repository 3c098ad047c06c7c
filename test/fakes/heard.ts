import type { Provenance } from '../../lib/engine/changes/sender.ts';
import type { HowReceived } from '../../lib/pipeline/runtime/batch.ts';
import { asRecord } from '../../lib/support/untyped.ts';
import { start } from './fake-resource.ts';

/** The role whose messages are our own in tests. */
export const ownRole = 'AROAPLUMBLINE0000000A';
/** As whom AWS's services send. */
export const awsSender = 'AIDAIENQZJOLO23YVJ4VO';

/** How a message comes where nobody forges it: our own from our role, events from AWS. */
export const provenanceOf = (body: unknown, now = new Date(start)): Provenance =>
  asRecord(body)['version'] === 1
    ? { sender: { kind: 'own', role: ownRole }, now }
    : { sender: { kind: 'principal', id: awsSender }, now };

export const heard = (body: unknown, now?: Date): HowReceived => ({
  provenance: provenanceOf(body, now),
  delivery: { message: 'message', receive: 1 },
  isOurs: Promise.resolve(true),
});
