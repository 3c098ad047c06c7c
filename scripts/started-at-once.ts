import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import {
  byName,
  importedBy,
  joined,
  type Outputs,
  withLoaded,
} from '../lib/infrastructure/joined-parts.ts';

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

/** What a module knows by `import.meta.url`. */
const ownUrl = {
  name: 'plumblineUrl',
  code: 'const plumblineUrl=require("node:url").pathToFileURL(__filename).href;',
};

/**
 * Without what esbuild puts around the files of a program for CommonJS of others: each time an object with a getter for each
 * export. What loads them, `bin/kept-code.cjs`, gives what a file exports as data.
 */
const asLoadedBare = (text: string): string =>
  text
    .replaceAll(/[\w$]+\((require\("\.\/[^"]+"\))\)/g, '$1')
    .replace(/(module\.exports\s*=\s*)[\w$]+\(([\w$]+)\)/, '$1$2');

/**
 * Builds a program of which all that its entry loads first, by the one `import()` in it, is one file. What is loaded later
 * stays in parts.
 * @param name of the entry point, without an ending
 */
export const startedAtOnce = async (
  name: string,
  options: BuildOptions & { readonly outdir: string },
): Promise<{ readonly metafile: Metafile }> => {
  const { outdir, plugins: _, entryPoints: __, chunkNames: ___, ...rest } = options;
  const outExtension = { '.js': '.cjs' };
  const parts = await build({ ...options, outExtension, banner: {}, write: false, metafile: true });
  const outputs = byName(parts.metafile.outputs);
  const [root] = importedBy(outputs.get(`${name}.cjs`), 'dynamic-import');
  if (root === undefined) throw new Error(`${name} loads nothing later`);
  const groups = new Map([[`${name}-started.cjs`, startedWith(outputs, root)]]);
  const { outputFiles } = await joined(parts, outdir, groups, {
    ...rest,
    outExtension,
    format: 'cjs',
    banner: { js: '' },
    // A part is loaded by `require` later too.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': ownUrl.name },
  });
  for (const { path, contents } of outputFiles) {
    const text = asLoadedBare(Buffer.from(contents).toString());
    mkdirSync(dirname(path), { recursive: true });
    // As modules are.
    writeFileSync(path, `"use strict";${text.includes(ownUrl.name) ? ownUrl.code : ''}${text}`);
  }
  return { metafile: parts.metafile };
};
