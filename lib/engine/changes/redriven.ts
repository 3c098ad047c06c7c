import { asRecord, text } from '../../support/untyped.ts';
import { decode } from '../../support/wire.ts';
import { mostAgeMs } from './bounds.ts';

/** A dead letter that we send again. It is trusted as far as its first sender is. */
export interface Redriven {
  readonly version: 1;
  /** How often it was sent again, this time included. */
  readonly redriven: number;
  /** SenderId of the first message, and its body. */
  readonly sender: string;
  readonly body: string;
}
/** A message in a dead-letter queue. */
export interface Letter {
  readonly body: string;
  readonly sender: string;
  readonly sentAt: Date;
}

const hourMs = 3_600_000;
/** Least age of the event before the first, second and third time that it is sent again. There is no fourth time. */
const agesMs = [0, hourMs, 6 * hourMs];

/** Reads such a message; `undefined` where it is none. The caller has to know that one of our own roles sent it. */
export const redrivenIn = (message: unknown): Redriven | undefined => {
  const { version, redriven, sender, body } = asRecord(message);
  if (version !== 1 || !Number.isInteger(redriven)) return undefined;
  if (text(sender) === undefined || text(body) === undefined) return undefined;
  return { version, redriven: Number(redriven), sender: String(sender), body: String(body) };
};

/** The time of the event that a message tells of. The message itself may be hours younger in a storm. */
const happenedAt = (body: string, sentAt: Date): number => {
  const message = asRecord(decode(body));
  const cause = asRecord(message['cause']);
  const times = [
    asRecord(message['detail'])['eventTime'],
    message['time'],
    cause['time'],
    cause['at'],
  ].map((time) => Date.parse(text(time) ?? ''));
  return times.find((time) => !Number.isNaN(time)) ?? sentAt.getTime();
};

/** The message to send again; `undefined` while that is too early, and after the last time. */
export const redrivenOf = (letter: Letter, now: Date): Redriven | undefined => {
  const before = redrivenIn(decode(letter.body));
  const { redriven, sender, body } = before ?? { redriven: 0, ...letter };
  const wait = agesMs[redriven];
  const age = now.getTime() - happenedAt(body, letter.sentAt);
  if (wait === undefined || age < wait || age > mostAgeMs) return undefined;
  return { version: 1, redriven: redriven + 1, sender, body };
};
