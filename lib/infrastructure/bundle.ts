import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Baseline } from '../engine/baseline/baseline.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Dependencies written as CommonJS call `require`; the name keeps clear of theirs. */
const requireBanner =
  "import{createRequire as plumblineRequire}from'node:module';const require=plumblineRequire(import.meta.url);";

export interface Bundle {
  /** The folder to deploy: one file a handler, the parts that they share or load later, and the baseline. */
  readonly folder: string;
  /** What esbuild says of each part, for the benchmark. */
  readonly metafile: string;
}

/**
 * Bundles handlers of `lambdas/` with everything that they use. Equal sources and an equal baseline give equal files,
 * so that the asset's hash is stable.
 */
export const bundle = async (
  outdir: string,
  handlers: readonly string[],
  baseline: Baseline,
): Promise<Bundle> => {
  const folder = join(outdir, 'handlers');
  const metafile = join(outdir, 'handlers.meta.json');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const result = await build({
    absWorkingDir: root,
    entryPoints: handlers.map((name) => `lambdas/${name}.ts`),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'parts/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // The modules of the SDK, which lose what is not used, before its CommonJS.
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    banner: { js: requireBanner },
    metafile: true,
    logLevel: 'silent',
  });
  await writeFile(join(folder, 'baseline.json'), JSON.stringify(baseline));
  await writeFile(metafile, JSON.stringify(result.metafile));
  return { folder, metafile };
};
