/** Why something is open that is no value of the part that is evaluated: how it is said, and how it is known again. */
const byAnother = 'another stack sets';

export const whatAnotherSets = `what ${byAnother}`;
export const setByAnother = (what: string): string => `${what}, which ${byAnother}`;
/** Whether a part, which says so by an open name, is of what is evaluated. */
export const whetherFor = (logicalId: string): string => `whether ${logicalId} is for it`;

export const isOfOthers = (why: string): boolean =>
  why.includes(byAnother) || /\bwhether \S+ is for it$/.test(why);
