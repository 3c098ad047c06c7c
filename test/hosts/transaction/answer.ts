export interface Answer {
  readonly exit: number | null;
  readonly outcome: string;
  readonly reason: string;
  readonly left: readonly string[];
  readonly results: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly text: string;
}

/** Parameters of a document that hardens, to change what fails. */
export const defaults = {
  Controls: 'all',
  Parameters: 'none',
  DryRun: 'no',
  RollbackSeconds: '600',
  Install: 'no',
};

/** What a document printed. */
export const answerOf = (exit: number | null, stdout: string, stderr: string): Answer => {
  const text = stdout + stderr;
  if (!stdout.startsWith('{'))
    return { exit, outcome: 'none', reason: '', left: [], results: new Map(), text };
  const { transaction = {}, results = [], error = '' } = JSON.parse(stdout);
  return {
    exit,
    outcome: transaction.outcome ?? 'stopped',
    reason: transaction.reason ?? error,
    left: transaction.left ?? [],
    results: new Map(
      results.map((result: Readonly<Record<string, string>>) => [result['id'], result]),
    ),
    text,
  };
};
