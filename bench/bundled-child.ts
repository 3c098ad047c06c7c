import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { forNode } from '../lib/infrastructure/bundle.ts';
import { sdkPlugin } from '../lib/infrastructure/sdk-plugin.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A program that is measured, bundled as the command line is. */
export const bundledChild = async (source: URL, folder: string): Promise<string> => {
  await build({
    ...forNode,
    plugins: [sdkPlugin(root)],
    entryPoints: { child: fileURLToPath(source) },
    outdir: folder,
  });
  return join(folder, 'child.mjs');
};
