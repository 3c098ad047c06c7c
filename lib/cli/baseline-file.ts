import { readFile } from 'node:fs/promises';
import type { Control } from '../controls/control.ts';
import { type Baseline, defaultBaseline, parseBaseline } from '../engine/baseline.ts';
import { UserError } from '../engine/user-error.ts';

const usual = 'plumbline.yaml';

const isMissing = (error: unknown): boolean =>
  error instanceof Error && Reflect.get(error, 'code') === 'ENOENT';

/**
 * The baseline of a file, or of `plumbline.yaml` in this folder, or the default where there is no such file.
 * A file that is named, or is there and cannot be read, is an error.
 */
export const readBaseline = async (
  file: string | undefined,
  controls: readonly Control[],
): Promise<Baseline> => {
  try {
    return parseBaseline(await readFile(file ?? usual, 'utf8'), file ?? usual, controls);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    if (file === undefined && isMissing(cause)) return defaultBaseline(controls);
    throw new UserError(`the baseline ${file ?? usual} cannot be read: ${cause}`, { cause });
  }
};
