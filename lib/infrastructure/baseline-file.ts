import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import {
  type Baseline,
  type Configurable,
  defaultBaseline,
  parseBaseline,
} from '../engine/baseline.ts';
import { UserError } from '../engine/user-error.ts';

const customary = 'plumbline.yaml';

/** The baseline in a file: the one named, else `plumbline.yaml` here, else every control with its defaults. */
export const baselineAt = async (
  path: string | undefined,
  controls: readonly Configurable[],
): Promise<Baseline> => {
  const file = path ?? (existsSync(customary) ? customary : undefined);
  if (file === undefined) return defaultBaseline(controls);
  try {
    return parseBaseline(await readFile(file, 'utf8'), file, controls);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(`the baseline ${file} cannot be read: ${why}`, { cause: error });
  }
};
