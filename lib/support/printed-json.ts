/** What begins a command in the log of a pipeline, wherever it stands in a line (`harmless`). */
const command = /##(?=\w{0,20}\[)/g;

/** A value as JSON that says the same, and gives the log of a pipeline no command by what somebody else wrote. */
export const printedJson = (value: unknown, indent: number | undefined = 2): string =>
  JSON.stringify(value, undefined, indent).replaceAll(command, '\\u0023#');
