import { asRecord, text } from '../../support/untyped.ts';
import { decode } from '../../support/wire.ts';
import { mostAgeMs } from './bounds.ts';

/** What was given up once, sent again by us: it counts as sent by whoever sent it first. */
export interface Redriven {
  readonly version: 1;
  /** How often it was sent again, this time included. */
  readonly redriven: number;
  /** SenderId of the first message, and its body. */
  readonly sender: string;
  readonly body: string;
}
/** A message that lies with the dead letters. */
export interface Letter {
  readonly body: string;
  readonly sender: string;
  readonly sentAt: Date;
}

const hourMs = 3_600_000;
/** How old what a letter tells of must be to be sent again for the first, second and third time; not a fourth. */
const agesMs = [0, hourMs, 6 * hourMs];

/** Only our own roles may send such a message. */
export const redrivenIn = (message: unknown): Redriven | undefined => {
  const { version, redriven, sender, body } = asRecord(message);
  if (version !== 1 || !Number.isInteger(redriven)) return undefined;
  if (text(sender) === undefined || text(body) === undefined) return undefined;
  return { version, redriven: Number(redriven), sender: String(sender), body: String(body) };
};

/** When that happened which a message tells of: between its first and its last receive lie hours in a storm. */
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

/** A letter as it is sent again; `undefined` while it is too early for that, and once it stays where it is. */
export const redrivenOf = (letter: Letter, now: Date): Redriven | undefined => {
  const before = redrivenIn(decode(letter.body));
  const { redriven, sender, body } = before ?? { redriven: 0, ...letter };
  const wait = agesMs[redriven];
  const age = now.getTime() - happenedAt(body, letter.sentAt);
  if (wait === undefined || age < wait || age > mostAgeMs) return undefined;
  return { version: 1, redriven: redriven + 1, sender, body };
};
