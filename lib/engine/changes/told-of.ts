import { asRecord, list, text } from '../../support/untyped.ts';
import { itemIn } from './config-item.ts';
import { isJoined } from './own-message.ts';

/** EventBridge's names of what CloudTrail and AWS Config tell. */
export const callDetailType = 'AWS API Call via CloudTrail';
export const itemDetailType = 'Config Configuration Item Change';

/** By what the types are found that a message can be about. */
export type ToldOf =
  /** Their names, as our own messages say them. */
  | { readonly names: readonly string[] }
  /** Who tells, and what: the service that CloudTrail names and its call, or what a service tells by itself. */
  | { readonly source: string; readonly told: string }
  /** As what AWS Config records it. */
  | { readonly recordedAs: string };

const named = (one: Readonly<Record<string, unknown>>): readonly string[] =>
  ['type', 'sweep'].flatMap((field) => text(one[field]) ?? []);

/** What a message says that it is about: which types are looked at hangs on it, and nothing else. */
export const toldOf = (body: unknown): ToldOf => {
  const message = asRecord(body);
  if (message['version'] === 1) {
    const said = isJoined(message) ? list(message['changes']).map(asRecord) : [message];
    return { names: [...new Set(said.flatMap(named))] };
  }
  const detail = asRecord(message['detail']);
  if (message['detail-type'] === itemDetailType)
    return { recordedAs: text(itemIn(detail)['resourceType']) ?? '' };
  const [source, told] =
    message['detail-type'] === callDetailType
      ? [detail['eventSource'], detail['eventName']]
      : [message['source'], message['detail-type']];
  return { source: text(source) ?? '', told: text(told) ?? '' };
};
