import type { z } from 'zod';
import { problemsIn } from '../engine/baseline/baseline-problems.ts';
import { readYaml, type Source } from '../engine/baseline/baseline-yaml.ts';
import { UserError } from '../support/user-error.ts';

/** A YAML text held to a form; throws a sentence for each thing that is wrong, with its place. */
export const yamlOf = <S extends z.ZodType>(
  text: string,
  file: string,
  schema: S,
): { readonly value: z.infer<S>; readonly source: Source } => {
  const source = readYaml(text, file);
  const read = schema.safeParse(source.value);
  if (!read.success) throw new UserError(problemsIn(source, read.error.issues).join('\n'));
  return { value: read.data, source };
};
