import { plural } from '../../support/plural.ts';
import type { Recorded } from './record.ts';

/** What is said of accounts of which nothing is known: they are no clean ones. */
export const darkText = (accounts: readonly string[]): readonly string[] =>
  accounts.length === 0
    ? []
    : [`Of ${plural(accounts.length, 'account')} nothing is known: ${accounts.join(', ')}.`];

/** The same for a program. */
export const darkIn = (accounts: readonly string[]): NonNullable<Recorded['notLookedAt']> =>
  accounts.map((account) => ({ account, why: 'nothing is known of it' }));
