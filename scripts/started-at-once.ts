import { mkdirSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type BuildOptions, type BuildResult, build, type Metafile, type Plugin } from 'esbuild';

type Parts = BuildResult<{ write: false; metafile: true }>;
type Output = Metafile['outputs'][string];
type Outputs = ReadonlyMap<string, Output>;

/** By the names of the files, which stand in one folder. */
const byName = (outputs: Metafile['outputs']): Outputs =>
  new Map(Object.entries(outputs).map(([path, output]) => [basename(path), output]));

const importedBy = (output: Output | undefined, kind: string): readonly string[] =>
  (output?.imports ?? [])
    .filter((one) => one.kind === kind && !one.external)
    .map(({ path }) => basename(path));

/** Parts, and all that is loaded with them. */
const withLoaded = (outputs: Outputs, first: Iterable<string>): ReadonlySet<string> => {
  const found = new Set(first);
  for (const name of found)
    for (const one of importedBy(outputs.get(name), 'import-statement')) found.add(one);
  return found;
};

/** Of so many later parts something small is a part, that it is better there from the start. */
const shared = { byParts: 3, mostBytes: 12_000 };

/** What each start needs, and the small parts that many of the others share. */
const startedWith = (outputs: Outputs, root: string): ReadonlySet<string> => {
  const needed = withLoaded(outputs, [root]);
  const users = new Map<string, number>();
  for (const [name, output] of outputs)
    if (!needed.has(name))
      for (const one of importedBy(output, 'import-statement'))
        users.set(one, (users.get(one) ?? 0) + 1);
  const isSmall = (name: string): boolean => (outputs.get(name)?.bytes ?? 0) <= shared.mostBytes;
  const small = [...users.keys()].filter(
    (name) =>
      (users.get(name) ?? 0) >= shared.byParts && [...withLoaded(outputs, [name])].every(isSmall),
  );
  return withLoaded(outputs, [root, ...small]);
};

/** It is what CommonJS calls in the place of `require`, which the banner of its file makes. */
const makesRequire = (text: string): boolean => text.includes('typeof require');

interface Linking {
  /** The code of each part. */
  readonly texts: ReadonlyMap<string, string>;
  readonly outputs: Outputs;
  readonly root: string;
  /** The names of the parts that are put together. */
  readonly started: ReadonlySet<string>;
  /** The file that they become. */
  readonly file: string;
}

const nameFor = (part: string, exported: string): string =>
  `${part.replaceAll(/\W/g, '_')}_${exported}`;

/** All that the others import of the parts that are put together, each under a name of its own. */
const exportsOf = ({ outputs, started, root }: Linking): string => {
  const asked = new Set(
    [...outputs]
      .filter(([name]) => !started.has(name))
      .flatMap(([, { imports }]) => imports.map(({ path }) => basename(path))),
  );
  const named = [...started]
    .filter((part) => asked.has(part))
    .flatMap((part) =>
      (outputs.get(part)?.exports ?? []).map(
        (one) => `export {${one} as ${nameFor(part, one)}} from './${part}';`,
      ),
    );
  return [...named, `export * from './${root}';`].join('\n');
};

/** In the place of one of these parts: what it exports, from the file that it was put in. */
const standInFor = ({ outputs, file }: Linking, part: string): string =>
  (outputs.get(part)?.exports ?? [])
    .map((one) => `export {${nameFor(part, one)} as ${one}} from './${file}';`)
    .join('\n');

const linked = (linking: Linking): Plugin => ({
  name: 'started-at-once',
  setup({ onResolve, onLoad }) {
    const { texts, started, root, file } = linking;
    const isWithin = (importer: string, namespace: string): boolean =>
      namespace === 'started' || (namespace === 'part' && started.has(importer));
    onResolve({ filter: /./ }, ({ path, importer, namespace, kind }) => {
      const name = basename(path);
      const asFile = { path: `./${name}`, external: true, sideEffects: false };
      if (name === file)
        return kind === 'entry-point' ? { path: name, namespace: 'started' } : asFile;
      const text = texts.get(name);
      if (text === undefined) return undefined;
      if (makesRequire(text)) return asFile;
      if (!started.has(name)) return { path: name, namespace: 'part' };
      if (isWithin(importer, namespace) && kind !== 'dynamic-import')
        return { path: name, namespace: 'part' };
      return name === root
        ? { ...asFile, path: `./${file}` }
        : // Each has its own: one for all would be a part that they share.
          { path: `${name} in ${importer}`, namespace: 'stand-in', pluginData: name };
    });
    onLoad({ filter: /./, namespace: 'part' }, ({ path }) => ({ contents: texts.get(path) ?? '' }));
    onLoad({ filter: /./, namespace: 'started' }, () => ({ contents: exportsOf(linking) }));
    onLoad({ filter: /./, namespace: 'stand-in' }, ({ pluginData }) => ({
      contents: standInFor(linking, pluginData),
    }));
  },
});

/**
 * Builds a program of which all that its entry loads first, by the one `import()` in it, is one file: Node takes a part of a
 * millisecond for each file, however small, and a program in parts has more than a hundred that every start needs. What is
 * loaded later stays in parts.
 * @param name of the entry point, without an ending
 */
export const startedAtOnce = async (
  name: string,
  options: BuildOptions & { readonly outdir: string; readonly banner: { readonly js: string } },
): Promise<{ readonly metafile: Metafile }> => {
  const { banner, outdir, plugins: _, ...rest } = options;
  const parts: Parts = await build({ ...options, write: false, metafile: true });
  const outputs = byName(parts.metafile.outputs);
  const texts = new Map<string, string>();
  mkdirSync(outdir, { recursive: true });
  for (const { path, text } of parts.outputFiles) {
    const isApart = makesRequire(text);
    texts.set(basename(path), isApart ? text : text.replace(`${banner.js}\n`, ''));
    if (isApart) writeFileSync(path, text);
  }
  const entry = `${name}.mjs`;
  const [root] = importedBy(outputs.get(entry), 'dynamic-import');
  if (root === undefined) throw new Error(`${name} loads nothing later`);
  const file = `${name}-started.mjs`;
  const started = startedWith(outputs, root);
  await build({
    ...rest,
    banner: {},
    entryPoints: [
      { in: entry, out: name },
      { in: file, out: `${name}-started` },
    ],
    outdir,
    plugins: [linked({ texts, outputs, root, started, file })],
  });
  return { metafile: parts.metafile };
};
