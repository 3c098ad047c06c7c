interface LogLine {
  readonly level?: string;
  readonly message?: string;
  readonly failure?: string;
  readonly error?: { readonly name?: string; readonly message?: string };
}

const parsed = (line: string): LogLine | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
};

/** What a handler's log line complains of; undefined where it does not. */
export const troubleIn = (line: string): string | undefined => {
  const { level, message, failure, error } = parsed(line) ?? {};
  if (level !== 'ERROR' && level !== 'CRITICAL') return undefined;
  const why = failure ?? (error && `${error.name}: ${error.message}`);
  return [message, why].filter((text) => text !== undefined).join(': ');
};
