import { runAs } from '../../support/run-as.ts';

/** The command that takes an action back, as it is run: it asks for a confirmation of this very action. */
export const undoCommand = (id: string): string => runAs(`undo ${id}`);
