import type { Configurable } from '../engine/baseline/configurable.ts';
import { type CheckSettings, customaryHere } from './check-settings.ts';
import { unsaidSettings } from './unsaid-settings.ts';

/**
 * What the file says, or `plumbline.yaml` here; read once.
 * @param controls loads all that it can name
 */
export const settingsAt = async (
  path: string | undefined,
  controls: () => Promise<readonly Configurable[]>,
): Promise<CheckSettings> => {
  const file = path ?? customaryHere();
  if (file === undefined && unsaidSettings) return unsaidSettings;
  // The schema of all that a baseline can say takes longer than most templates.
  const { settingsIn } = await import('./baseline-file.ts');
  return settingsIn(file, await controls());
};
