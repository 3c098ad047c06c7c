/** Exit codes: nothing to report, findings, could not be done. */
export type ExitCode = 0 | 1 | 2;

export type Command = (argv: readonly string[]) => Promise<ExitCode>;
