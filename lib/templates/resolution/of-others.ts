/** How it is said that something is open which is no value of the part that is evaluated. */
const byAnother = 'another stack sets';

export const whatAnotherSets = `what ${byAnother}`;
export const setByAnother = (what: string): string => `${what}, which ${byAnother}`;
/** Whether a part, which says so by an open name, is of what is evaluated. */
export const whetherFor = (logicalId: string): string => `whether ${logicalId} is for it`;
