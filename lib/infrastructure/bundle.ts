import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { zipSync } from 'fflate';
import type { Baseline } from '../engine/baseline/baseline.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Dependencies written as CommonJS call `require`; the name keeps clear of theirs. */
const requireBanner =
  "import{createRequire as plumblineRequire}from'node:module';const require=plumblineRequire(import.meta.url);";

export interface Bundle {
  /** The folder to deploy: one file a handler, the parts that they share or load later, and the baseline. */
  readonly folder: string;
  /** The same as one file, which is deployed as it is: the template says its hash. */
  readonly zip: string;
  /** What esbuild says of each part, for the benchmark. */
  readonly metafile: string;
}

// ZIP has no earlier time: https://pkwaredownloads.blob.core.windows.net/pem/APPNOTE.txt, 4.4.6
const mtime = '1980-01-01T12:00:00';

/** Equal files give equal bytes. */
const zipped = async (folder: string): Promise<Uint8Array> => {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = all.filter((entry) => entry.isFile()).map((one) => join(one.parentPath, one.name));
  const entries = await Promise.all(
    files.toSorted().map(async (file) => [relative(folder, file), await readFile(file)] as const),
  );
  return zipSync(Object.fromEntries(entries), { mtime });
};

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
  const zip = join(outdir, 'handlers.zip');
  await writeFile(zip, await zipped(folder));
  return { folder, zip, metafile };
};
