/** The command that takes an action back, as it is run: it asks for a confirmation of this very action. */
export const undoCommand = (id: string): string => `plumbline undo ${id}`;
