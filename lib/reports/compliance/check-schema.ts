/** The form of what `check --json` saves; it rises when a reader of the one before would read it wrongly. */
export const checkSchema = 'plumbline-check/1';
