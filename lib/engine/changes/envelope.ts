import { text } from '../../support/untyped.ts';
import { timeFault } from './bounds.ts';
import type { Provenance } from './sender.ts';
import type { DropReason, Place } from './triggered.ts';

type Envelope = Readonly<Record<string, unknown>>;

/** AWS alone may use sources that begin with `aws.`, but those of partners are theirs:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-saas.html */
const isOfAws = (source: string): boolean =>
  source.startsWith('aws.') && !source.startsWith('aws.partner/');

/**
 * Why an event of EventBridge is not one that AWS itself sends now, of this account and one of the regions. A replayed
 * one has a `replay-name`: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html
 */
export const envelopeFault = (
  event: Envelope,
  { account }: Pick<Place, 'account'>,
  regions: readonly string[],
  { sender, now }: Provenance,
): DropReason | undefined => {
  if (!isOfAws(text(event['source']) ?? '')) return 'foreign';
  if (event['account'] !== account || !regions.includes(text(event['region']) ?? ''))
    return 'foreign';
  if ('replay-name' in event) return 'replayed';
  // Our roles send no events.
  if (sender.kind === 'own') return 'stranger';
  return event['time'] === undefined ? undefined : timeFault(text(event['time']), now);
};
