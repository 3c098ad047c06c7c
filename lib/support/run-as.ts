// `npx` alone would fetch another project's package of that name.
let program = 'npx --no-install plumbline';

/** What the program was started as, where it is known: every command that is printed from then on begins with it. */
export const startedAs = (command: string): void => {
  program = command;
};

/**
 * A command as it is run: `npx --no-install plumbline scan`, which runs in a checkout and in an app that has installed the
 * package; on the command line as that was started.
 */
export const runAs = (command: string): string => `${program} ${command}`;
