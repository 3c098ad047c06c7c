import type { Where } from '../../model/resource-type.ts';
import { text } from '../../support/untyped.ts';
import { timeFault } from './bounds.ts';
import { isGoverned, isOfGovernedAccount, type Place } from './place.ts';
import type { Provenance } from './sender.ts';
import type { DropReason } from './triggered.ts';

type Envelope = Readonly<Record<string, unknown>>;

/** AWS alone may use sources that begin with `aws.`, but those of partners are theirs:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-saas.html */
const isOfAws = (source: string): boolean =>
  /^aws\.[a-z\d][a-z\d-]*$/.test(source) && source !== 'aws.partner';

/** Where AWS says that an event comes from: no sender can set either. */
export const whereIn = ({ account, region }: Envelope): Where => ({
  account: text(account) ?? '',
  region: text(region) ?? '',
});

/**
 * Why an event of EventBridge is not one that AWS itself sends now, of a governed region of a governed account. A replayed one has a `replay-name`: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html
 */
export const envelopeFault = (
  event: Envelope,
  place: Place,
  { sender, now }: Provenance,
): DropReason | undefined => {
  if (!isOfAws(text(event['source']) ?? '')) return 'foreign';
  const where = whereIn(event);
  if (!isOfGovernedAccount(where, place)) return 'foreign';
  if (!isGoverned(where, place)) return 'ungoverned';
  if ('replay-name' in event) return 'replayed';
  // Our roles send no events.
  if (sender.kind === 'own') return 'outsider';
  return event['time'] === undefined ? undefined : timeFault(text(event['time']), now);
};
