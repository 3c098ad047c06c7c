import type { Family } from '../../../../analysis/network/sources.ts';
import type { PrefixLists } from '../port-rules.ts';

/** The prefix lists that the rules of a group name: what they hold, and of which family. */
export interface Lists {
  readonly entries: PrefixLists;
  readonly families: Readonly<Record<string, Family>>;
}
