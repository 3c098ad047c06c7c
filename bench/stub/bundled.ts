import { allControls } from '../../lib/controls/index.ts';
import { defaultBaseline } from '../../lib/engine/baseline/baseline.ts';
import { bundle, everyHandler } from '../../lib/infrastructure/bundle.ts';

/** Bundles the function that evaluates into a folder, with all others as they are deployed, and answers that. */
export type Bundled = (folder: string) => Promise<string>;

/** That of this commit. */
export const bundledHere: Bundled = async (folder) => {
  const made = await bundle(folder, everyHandler(), defaultBaseline(await allControls()));
  return made.folder;
};
