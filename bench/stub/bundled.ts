import { allControls } from '../../lib/controls/index.ts';
import { defaultBaseline } from '../../lib/engine/baseline/baseline.ts';
import { bundle } from '../../lib/infrastructure/bundle.ts';

/** Bundles the function that evaluates into a folder, and answers the one that is deployed. */
export type Bundled = (folder: string) => Promise<string>;

/** That of this commit. */
export const bundledHere: Bundled = async (folder) => {
  const made = await bundle(folder, ['evaluate'], defaultBaseline(await allControls()));
  return made.folder;
};
