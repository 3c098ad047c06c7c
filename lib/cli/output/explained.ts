import { paint } from '../../reports/paint.ts';

interface Configurable {
  readonly parameters?: Readonly<
    Record<string, { readonly default: unknown; readonly allowed: string }>
  >;
}

export const parameterLines = ({ parameters = {} }: Configurable): readonly string[] =>
  Object.entries(parameters).map(
    ([name, { default: value, allowed }]) =>
      `  ${name}: ${JSON.stringify(value)} (allowed: ${allowed})`,
  );

/** A titled part of what is explained; nothing where it has no line. */
export const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length > 0 ? ['', paint.bold(title), ...lines] : [];
