import { redrivenOf } from '../../../lib/engine/changes/redriven.ts';
import { encode } from '../../../lib/support/wire.ts';

const hour = 3_600_000;
const day = 24 * hour;
const now = new Date('2026-06-15T12:00:00Z');
const iso = (ago: number) => new Date(now.getTime() - ago).toISOString();
const event = (ago: number) => encode({ source: 'aws.s3', detail: { eventTime: iso(ago) } });
const letter = (body: string, sentAgo = 0) => ({
  body,
  sender: 'AIDAEVENTS',
  sentAt: new Date(now.getTime() - sentAgo),
});
/** A letter that was sent again so often already. */
const after = (times: number, body: string, sentAgo = 0) =>
  letter(encode({ version: 1, redriven: times, sender: 'AIDAEVENTS', body }), sentAgo);

describe('a dead letter is sent again', () => {
  it('at once for the first time, said by whoever said it', () => {
    const body = event(60_000);
    expect(redrivenOf(letter(body), now)).toEqual({
      version: 1,
      redriven: 1,
      sender: 'AIDAEVENTS',
      body,
    });
  });

  it.each([
    ['a second time an hour after what it tells of', 1, hour, hour - 1],
    ['a third time six hours after', 2, 6 * hour, 6 * hour - 1],
  ])('%s, and not before', (_, times, due, early) => {
    // When it was sent again says nothing: it was held back, received and given up since.
    expect(redrivenOf(after(times, event(due)), now)?.redriven).toBe(times + 1);
    expect(redrivenOf(after(times, event(early), day), now)).toBeUndefined();
  });

  it('three times at most', () => {
    expect(redrivenOf(after(3, event(day)), now)).toBeUndefined();
  });

  it('unless what it tells of is older than messages can be', () => {
    expect(redrivenOf(letter(event(15 * day)), now)).toBeUndefined();
  });

  it.each([
    ['a change of ours', encode({ version: 1, cause: { kind: 'event', time: iso(hour) } })],
    ['an event of a service', encode({ source: 'aws.s3', time: iso(hour) })],
    ['a verification', encode({ version: 1, cause: { kind: 'verify', at: iso(hour) } })],
  ])('by the time that %s gives', (_, body) => {
    expect(redrivenOf(after(1, body), now)).toBeDefined();
  });

  it('by when it was sent, where it gives no time', () => {
    const body = encode({ version: 1, cause: { kind: 'sweep' } });
    expect(redrivenOf(after(1, body, hour), now)).toBeDefined();
    expect(redrivenOf(after(1, body, hour - 1), now)).toBeUndefined();
  });
});
