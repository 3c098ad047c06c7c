// Plain Node without dependencies until something has to be built: every start of the command line passes here.
import { createHash, randomUUID } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('..', import.meta.url));
/** Others that say what is built, and how. */
const alsoRead = ['package.json', 'package-lock.json', 'tsconfig.json', 'scripts/fresh-cli.mjs'];

/** Where what is built of a checkout is kept. */
const cacheOf = (root, name) => {
  // node_modules may be shared by several checkouts: each has a folder of its own.
  const checkout = createHash('sha256').update(root).digest('hex').slice(0, 12);
  const cache = join(root, 'node_modules/.cache/plumbline', `${name}-${checkout}`);
  return { root, cache, stamp: join(cache, 'current.json') };
};

/** Size and both times: the time of a change of the inode cannot be set back, as that of its contents can. */
const markOf = (path) => {
  const { size, mtimeMs, ctimeMs } = statSync(path);
  return `${size} ${mtimeMs} ${ctimeMs}`;
};

/** The entry that was built, where each file that it was built from is as it was then. */
const upToDate = ({ root, stamp }) => {
  try {
    const { entry, inputs } = JSON.parse(readFileSync(stamp, 'utf8'));
    for (const path in inputs) if (markOf(join(root, path)) !== inputs[path]) return undefined;
    return statSync(entry).isFile() ? entry : undefined;
  } catch {
    return undefined;
  }
};

/** What a source finds beside itself it finds there when it is built, too. */
const besideSources = {
  name: 'beside-sources',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/](lib|scripts)[\\/].*\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const url = JSON.stringify(pathToFileURL(path).href);
      const here = text.includes('import.meta.url') ? `const sourceUrl = ${url};` : '';
      return { contents: here + text, loader: 'ts' };
    }),
};

/** A process that runs may still load a part of what was built before. */
const keptMs = 7 * 86_400_000;
const removeOld = (cache, stamp, kept) => {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (path !== stamp && path !== kept && Date.now() - lstatSync(path).mtimeMs > keptMs)
      rmSync(path, { recursive: true, force: true });
  }
};

/** Builds a source with all that it imports of the checkout, as a module. */
const asModule = async (root, source, outdir) => {
  const { build } = await import('esbuild');
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [source],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    define: { 'import.meta.url': 'sourceUrl' },
    metafile: true,
    logLevel: 'silent',
    plugins: [besideSources],
  });
  return Object.keys(metafile.inputs);
};

/**
 * What is built: writes it into a folder, and says of what.
 * @type {Record<string, (root: string, folder: string) => Promise<{ entry: string, sources: string[] }>>}
 */
const builders = {
  plumbline: async (root, folder) => ({
    entry: 'plumbline.mjs',
    sources: await asModule(root, 'bin/plumbline.ts', folder),
  }),
  // As the package has it, which takes half of the processor's time.
  check: async (root, folder) => {
    const how = join(folder, 'how');
    const ofBuild = await asModule(root, 'scripts/command-line.ts', how);
    const { checkApart } = await import(pathToFileURL(join(how, 'command-line.mjs')).href);
    const { metafile } = await checkApart(folder);
    return { entry: 'check.cjs', sources: [...ofBuild, ...Object.keys(metafile.inputs)] };
  },
};

/** A file system says the time of a write a few milliseconds late. */
const lagMs = 50;
const built = async ({ root, cache, stamp }, name) => {
  const folder = join(cache, randomUUID());
  const start = Date.now();
  const { entry, sources } = await builders[name](root, folder);
  const paths = [...new Set([...sources, ...alsoRead])];
  // What changed while it was built may have been read before or after.
  const latest = Math.max(...paths.map((path) => statSync(join(root, path)).ctimeMs));
  if (latest >= start - lagMs) return undefined;
  const inputs = Object.fromEntries(paths.map((path) => [path, markOf(join(root, path))]));
  const written = join(folder, 'stamp.json');
  const path = join(folder, entry);
  writeFileSync(written, JSON.stringify({ entry: path, inputs }));
  renameSync(written, stamp);
  removeOld(cache, stamp, folder);
  return path;
};

/**
 * The command line, or `check` alone, built from the sources as they are now: it starts in a third of the time that tsx takes.
 * `undefined` where it has to run from the sources: nothing may be written here, they do not compile or are just being
 * changed, or a fault is to be seen with its lines.
 * @param {'plumbline' | 'check'} name
 * @returns {Promise<string | undefined>} its path
 */
export const freshEntry = async (name, root = here) => {
  if (process.env.PLUMBLINE_TRACE === '1') return undefined;
  const place = cacheOf(root, name);
  const known = upToDate(place);
  if (known !== undefined) return known;
  try {
    mkdirSync(place.cache, { recursive: true });
    return await built(place, name);
  } catch {
    return undefined;
  }
};
