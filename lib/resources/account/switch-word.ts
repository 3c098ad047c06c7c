/** What the switch says where it is on, if an operator has asked for that very write. */
export const switchedOn = 'on';

/** Where the ledger keeps that an operator has let something go again: `switch`, `breaker S3.8`. */
export const letGoKey = (what: string) => ({ pk: `letGo#${what}`, sk: 'letGo' });
/** What the switch is called there. */
export const switchWord = 'switch';

/** One write of the parameter. */
export interface Write {
  readonly version: number | undefined;
  readonly at: string | undefined;
}
/** A parameter that was deleted and made anew counts its versions anew, and never has the same time. */
export const isSameWrite = (one: Write, other: Write | undefined): boolean =>
  other !== undefined &&
  one.at !== undefined &&
  one.version === other.version &&
  one.at === other.at;
