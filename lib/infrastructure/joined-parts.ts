import { basename, posix, relative, sep } from 'node:path';
import { type BuildOptions, build, type Metafile, type OutputFile, type Plugin } from 'esbuild';

export type Output = Metafile['outputs'][string];
/** By the names of the files, which are those of one build and differ. */
export type Outputs = ReadonlyMap<string, Output>;

export const byName = (outputs: Metafile['outputs']): Outputs =>
  new Map(Object.entries(outputs).map(([path, output]) => [basename(path), output]));

export const importedBy = (output: Output | undefined, kind: string): readonly string[] =>
  (output?.imports ?? [])
    .filter((one) => one.kind === kind && !one.external)
    .map(({ path }) => basename(path));

/** Parts, and all that is loaded with them. */
export const withLoaded = (outputs: Outputs, first: Iterable<string>): ReadonlySet<string> => {
  const found = new Set(first);
  for (const name of found)
    for (const one of importedBy(outputs.get(name), 'import-statement')) found.add(one);
  return found;
};

/** What esbuild made, in parts. */
export interface Parts {
  readonly outputFiles: readonly Pick<OutputFile, 'path' | 'contents'>[];
  readonly metafile: Metafile;
}

interface Joining {
  readonly outputs: Outputs;
  /** The code of each part. */
  readonly texts: ReadonlyMap<string, string>;
  /** From the root of the build, as `parts/a.mjs`: parts by their names, and the files that some of them become. */
  readonly places: ReadonlyMap<string, string>;
  /** The name of the file that a part becomes with others. */
  readonly fileOf: ReadonlyMap<string, string>;
}

const wordOf = (part: string): string => part.replace(/\.[cm]js$/, '').replaceAll(/\W/g, '_');
const nameFor = (part: string, exported: string): string => `${wordOf(part)}_${exported}`;

const pathTo = ({ places }: Joining, from: string, to: string): string => {
  const folder = posix.dirname(places.get(from) ?? '');
  const path = posix.relative(folder, places.get(to) ?? '');
  return path.startsWith('.') ? path : `./${path}`;
};

/** The banner makes what CommonJS calls: of a part that calls nothing of that kind it is left out. */
const withoutBanner = (text: string, banner: string): string => {
  const rest = text.startsWith(banner) ? text.slice(banner.length) : text;
  return /\brequire\b/.test(rest) ? text : rest;
};

/** What a part loads later of a joined file is a member of that file. */
const withLaterParts = (joining: Joining, part: string, text: string): string =>
  text.replaceAll(/\bimport\("(\.[^"]+)"\)/g, (written, path: string) => {
    const file = joining.fileOf.get(basename(path));
    if (file === undefined) return written;
    const place = joining.fileOf.get(part) ?? part;
    return `import("${pathTo(joining, place, file)}").then(m=>m.${wordOf(basename(path))})`;
  });

/** All that others import of the parts that become one file, each under a name of its own. */
const exportsOf = ({ outputs, fileOf }: Joining, file: string): string => {
  const isMember = (part: string): boolean => fileOf.get(part) === file;
  const importers = (kind: string) =>
    new Set(
      [...outputs].flatMap(([name, one]) =>
        kind === 'dynamic-import' || !isMember(name) ? importedBy(one, kind) : [],
      ),
    );
  const [now, later] = [importers('import-statement'), importers('dynamic-import')];
  return [...outputs.keys()]
    .filter(isMember)
    .flatMap((part) => [
      ...(now.has(part) ? (outputs.get(part)?.exports ?? []) : []).map(
        (one) => `export {${one} as ${nameFor(part, one)}} from './${part}';`,
      ),
      ...(later.has(part) ? [`export * as ${wordOf(part)} from './${part}';`] : []),
      ...(now.has(part) || later.has(part) ? [] : [`import './${part}';`]),
    ])
    .join('\n');
};

/** In the place of a part that is in another file: what it exports, from there. */
const standInFor = ({ outputs }: Joining, part: string, path: string): string =>
  [
    `import '${path}';`,
    ...(outputs.get(part)?.exports ?? []).map(
      (one) => `export {${nameFor(part, one)} as ${one}} from '${path}';`,
    ),
  ].join('\n');

const joinedPlugin = (joining: Joining): Plugin => ({
  name: 'joined-parts',
  setup({ onResolve, onLoad }) {
    const { texts, fileOf, places } = joining;
    const isFile = (name: string): boolean => places.has(name) && !texts.has(name);
    onResolve({ filter: /./ }, ({ path, importer, namespace, kind }) => {
      const name = basename(path);
      if (kind === 'entry-point')
        return { path: name, namespace: isFile(name) ? 'joined' : 'part' };
      const file = fileOf.get(name);
      const within = namespace === 'joined' ? importer : fileOf.get(importer);
      if (file === undefined || kind === 'dynamic-import' || isFile(name))
        return { path, external: true, sideEffects: !isFile(name) };
      if (file === within) return { path: name, namespace: 'part' };
      return {
        path: `${name} in ${importer}`,
        namespace: 'stand-in',
        pluginData: { name, path: pathTo(joining, within ?? importer, file) },
      };
    });
    onLoad({ filter: /./, namespace: 'part' }, ({ path }) => ({ contents: texts.get(path) ?? '' }));
    onLoad({ filter: /./, namespace: 'joined' }, ({ path }) => ({
      contents: exportsOf(joining, path),
    }));
    onLoad({ filter: /./, namespace: 'stand-in' }, ({ pluginData: { name, path } }) => ({
      contents: standInFor(joining, name, path),
    }));
  },
});

/** What a file is made of, by what its parts were made of. */
const inputsOf = ({ outputs, fileOf }: Joining, name: string): Output['inputs'] => {
  const parts = outputs.has(name)
    ? [name]
    : [...outputs.keys()].filter((part) => fileOf.get(part) === name);
  return Object.assign({}, ...parts.map((part) => outputs.get(part)?.inputs));
};

/** What is told of the files: as of the parts that they were made of. */
const toldOf = (joining: Joining, made: Metafile['outputs']): Metafile['outputs'] =>
  Object.fromEntries(
    Object.entries(made).map(([path, output]): [string, Output] => {
      const { entryPoint } = joining.outputs.get(basename(path)) ?? {};
      const imports = output.imports.map((one) =>
        one.path.startsWith('.') && joining.places.has(basename(one.path))
          ? { ...one, external: false, path: posix.join(posix.dirname(path), one.path) }
          : one,
      );
      const inputs = inputsOf(joining, basename(path));
      return [
        path,
        { ...output, inputs, imports, ...(entryPoint === undefined ? {} : { entryPoint }) },
      ];
    }),
  );

/** Each part of a group loads at once only what is in its own group or in one before. */
const holdsWhatItLoads = (
  outputs: Outputs,
  groups: ReadonlyMap<string, ReadonlySet<string>>,
): void => {
  const before = new Set<string>();
  for (const [file, parts] of groups) {
    for (const part of parts) before.add(part);
    for (const part of withLoaded(outputs, parts))
      if (!before.has(part)) throw new Error(`${file} would load ${part}, which may load it`);
  }
};

/**
 * Puts parts of a build together, each group into one file: Node takes a part of a millisecond for each file that it loads,
 * however small. Other parts import from that file what they imported from its parts.
 *
 * What a part of a group loads at once must be in that group or in one before, or two files could load each other.
 * @param folder of the build
 * @param groups by the file that each becomes, as `parts/first.mjs` from that folder: names of parts
 */
export const joined = async (
  { outputFiles, metafile }: Parts,
  folder: string,
  groups: ReadonlyMap<string, ReadonlySet<string>>,
  { banner, ...options }: BuildOptions & { readonly banner: { readonly js: string } },
): Promise<Parts> => {
  const outputs = byName(metafile.outputs);
  holdsWhatItLoads(outputs, groups);
  const own = outputFiles.map(({ path }) => relative(folder, path).replaceAll(sep, '/'));
  const places = new Map([...own, ...groups.keys()].map((place) => [basename(place), place]));
  const fileOf = new Map(
    [...groups].flatMap(([file, parts]) =>
      [...parts].map((part) => [part, basename(file)] as const),
    ),
  );
  const texts = new Map<string, string>();
  const joining: Joining = { outputs, places, fileOf, texts };
  for (const { path, contents } of outputFiles) {
    const text = withoutBanner(Buffer.from(contents).toString(), `${banner.js}\n`);
    texts.set(basename(path), withLaterParts(joining, basename(path), text));
  }
  const made = await build({
    ...options,
    splitting: false,
    entryPoints: [...places]
      .filter(([name]) => !fileOf.has(name))
      .map(([name, place]) => ({ in: name, out: place.replace(/\.[cm]js$/, '') })),
    outdir: folder,
    write: false,
    metafile: true,
    plugins: [joinedPlugin(joining)],
  });
  const told = toldOf(joining, made.metafile.outputs);
  return { outputFiles: made.outputFiles, metafile: { inputs: metafile.inputs, outputs: told } };
};
