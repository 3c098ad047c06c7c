import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import type { Baseline } from '../engine/baseline/baseline.ts';
import { type Attestation, attestationsBundled } from '../reports/compliance/attestation.ts';
import type { FrameworkData } from '../reports/frameworks/framework.ts';
import { frameworksBundled } from '../reports/frameworks/own-framework.ts';
import { written } from '../support/written.ts';
import { joined } from './joined-parts.ts';
import { type KeptFile, keptBetweenProcesses } from './kept-build.ts';
import { sdkPlugin } from './sdk-plugin.ts';
import { startedTogether } from './started-together.ts';
import { zipped } from './zip.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Dependencies written as CommonJS call `require`; the name keeps clear of theirs. */
const requireBanner =
  "import{createRequire as plumblineRequire}from'node:module';const require=plumblineRequire(import.meta.url);";

/** How our sources become modules that Node runs with nothing installed. */
export const forNode = {
  absWorkingDir: root,
  outExtension: { '.js': '.mjs' },
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
} as const satisfies BuildOptions;

export interface Bundle {
  /** The folder to deploy: one file a handler, the parts that they share or load later, and the baseline. */
  readonly folder: string;
  /** The same as one file, which is deployed as it is: the template says its hash. */
  readonly zip: string;
  /** What esbuild says of each part, for the benchmark. */
  readonly metafile: string;
}

interface Built {
  readonly outputFiles: readonly KeptFile[];
  readonly metafile: Metafile;
}
const built = new Map<string, Promise<Built>>();
const base = join(root, 'built');
/** Which release is bundled, as its history says it. */
const release = (): string => {
  const { version }: { version: string } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  return version;
};

/** The handlers that any stack has: of all of them one build is made, whatever a baseline asks for. */
export const everyHandler = (): readonly string[] =>
  readdirSync(join(root, 'lambdas'))
    .map((file) => file.replace(/\.ts$/, ''))
    .sort();

/** What esbuild makes of handlers, once a process: its sources do not change while it runs. */
const buildOnce = (handlers: readonly string[]): Promise<Built> => {
  const key = handlers.join();
  const result =
    built.get(key) ?? keptBetweenProcesses(`${root} ${key}`, () => buildHandlers(handlers));
  built.set(key, result);
  return result;
};

const buildHandlers = async (handlers: readonly string[]): Promise<Built> => {
  const parts = await build({
    ...forNode,
    plugins: [sdkPlugin(root)],
    entryPoints: handlers.map((name) => `lambdas/${name}.ts`),
    outdir: base,
    write: false,
    define: { 'process.env.PLUMBLINE_RELEASE': JSON.stringify(release()) },
    chunkNames: 'parts/[name]-[hash]',
  });
  const { outputFiles, metafile } = await joined(
    parts,
    base,
    startedTogether(root, parts.metafile),
    forNode,
  );
  return { outputFiles: outputFiles.map(({ path, contents }) => ({ path, contents })), metafile };
};

/**
 * Bundles handlers of `lambdas/` with everything that they use. Equal sources and an equal baseline give equal files,
 * so that the asset's hash is stable.
 */
export const bundle = async (
  outdir: string,
  handlers: readonly string[],
  baseline: Baseline,
  attestations: readonly Attestation[] = [],
  frameworks: Readonly<Record<string, FrameworkData>> = {},
): Promise<Bundle> => {
  const folder = join(outdir, 'handlers');
  const metafile = join(outdir, 'handlers.meta.json');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { outputFiles, metafile: parts } = await buildOnce(handlers);
  for (const { path, contents } of outputFiles) {
    const file = join(folder, relative(base, path));
    await mkdir(dirname(file), { recursive: true });
    await written(file, contents);
  }
  await writeFile(join(folder, 'baseline.json'), JSON.stringify(baseline));
  if (attestations.length > 0)
    await writeFile(join(folder, attestationsBundled), JSON.stringify(attestations));
  if (Object.keys(frameworks).length > 0)
    await writeFile(join(folder, frameworksBundled), JSON.stringify(frameworks));
  await writeFile(metafile, JSON.stringify(parts));
  const zip = join(outdir, 'handlers.zip');
  await written(zip, zipped(folder));
  return { folder, zip, metafile };
};
