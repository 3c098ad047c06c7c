import { isRecord } from '../../support/untyped.ts';
import type { Forward } from '../endpoint/call.ts';

/** An entry of PutEvents. */
export interface BusEvent {
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
  /** Seconds since 1970. */
  readonly Time: number;
  readonly Resources?: readonly string[];
}
export interface EventBus {
  /** Settles when the event has been given to the targets of its rules. */
  emit(region: string, event: BusEvent): Promise<void>;
}

/** By which moto knows whose bus it is. */
const hubKey = 'local';

/** The most entries that one PutEvents takes. */
const most = 10;

/**
 * The default bus of moto, past the endpoint: moto checks no source, where AWS takes `aws.*` from itself only.
 * What is emitted while a call is under way goes with the next one, so that order is kept.
 */
export const eventBus = (forward: Forward, accessKeyId = hubKey): EventBus => {
  const waiting = new Map<string, BusEvent[]>();
  let last = Promise.resolve();
  const send = async (region: string) => {
    const events = waiting.get(region)?.splice(0, most) ?? [];
    if (events.length > 0) await putEvents(forward, { region, accessKeyId }, events);
  };
  return {
    emit: (region, event) => {
      const queue = waiting.get(region) ?? [];
      waiting.set(region, queue);
      queue.push(event);
      const sent = last.then(() => send(region));
      last = sent.catch(() => undefined);
      return sent;
    },
  };
};

interface Signed {
  readonly region: string;
  readonly accessKeyId: string;
}
const putEvents = async (
  forward: Forward,
  { region, accessKeyId }: Signed,
  events: readonly BusEvent[],
) => {
  const { status, headers, body } = await forward({
    method: 'POST',
    path: '/',
    headers: {
      host: `events.${region}.amazonaws.com`,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSEvents.PutEvents',
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${region}/events/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: Buffer.from(JSON.stringify({ Entries: events })),
  });
  if (status === 200 && areTaken(body.toString())) return;
  const reason = headers['x-moto-crash'] ?? body.toString();
  throw new Error(`moto did not take an event: ${status} ${reason}`);
};

const areTaken = (body: string) => {
  const answer: unknown = JSON.parse(body);
  return isRecord(answer) && answer['FailedEntryCount'] === 0;
};
