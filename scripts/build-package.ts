import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import { build, type Metafile } from 'esbuild';
import { everyControl } from '../lib/controls/every.ts';
import { defaultBaseline } from '../lib/engine/baseline/baseline.ts';
import { bundle, everyHandler, forNode } from '../lib/infrastructure/bundle.ts';
import { commandLine } from './command-line.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

/** One file each for apps that are modules and for those that are not; the CDK is theirs. */
const construct = (format: 'esm' | 'cjs') =>
  build({
    ...forNode,
    splitting: false,
    format,
    outExtension: { '.js': format === 'esm' ? '.mjs' : '.cjs' },
    entryPoints: { cdk: 'lib/infrastructure/cdk.ts' },
    outdir: dist,
    // Node prints the line that throws above what is said of a wrong option.
    lineLimit: 200,
    // A synthesis asks AWS for nothing: the clients, which are loaded when they are asked for, are left out.
    external: ['aws-cdk-lib', 'constructs', '@aws-sdk/*', '@smithy/*'],
    ...(format === 'cjs' && {
      define: { 'import.meta.url': 'plumblineUrl' },
      banner: { js: "const plumblineUrl=require('node:url').pathToFileURL(__filename).href;" },
    }),
  });

const handlers = async () => {
  const { metafile, zip } = await bundle(dist, everyHandler(), defaultBaseline(everyControl));
  // Each app makes its own.
  for (const file of [zip, join(dist, 'handlers', 'baseline.json')]) rmSync(file);
  const told: Metafile = JSON.parse(readFileSync(metafile, 'utf8'));
  rmSync(metafile);
  return { metafile: told };
};

/** The types that an app sees, which name none of ours. */
const types = () => {
  const file = 'lib/infrastructure/cdk.ts';
  const made = transformSync(readFileSync(join(root, file), 'utf8'), {
    filename: file,
    jsc: { parser: { syntax: 'typescript' }, experimental: { emitIsolatedDts: true } },
  });
  // What it says beside the code is not in its types.
  const { __swc_isolated_declarations__: declared }: Record<string, string> = JSON.parse(
    String(Reflect.get(made, 'output') ?? '{}'),
  );
  if (declared === undefined) throw new Error(`swc made no declarations of ${file}`);
  // What its code alone imports.
  const text = declared.replaceAll(/^import .* from '\.{1,2}\/.*';\n/gm, '');
  for (const type of ['mts', 'cts']) writeFileSync(join(dist, `cdk.d.${type}`), text);
};

const licenceOf = (folder: string): string => {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  const {
    name,
    version: its,
    license,
  } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const text = file === undefined ? '' : `\n\n${readFileSync(join(folder, file), 'utf8').trim()}`;
  return `${name} ${its}, ${license}${text}`;
};
/** The licences of what was bundled, each once. */
const licencesOf = (metafiles: readonly Metafile[]): string => {
  const folders = metafiles
    .flatMap(({ inputs }) => Object.keys(inputs))
    .flatMap((path) => /^(?:.*node_modules\/)(?:@[^/]+\/)?[^/]+/.exec(path) ?? []);
  return [...new Set(folders)]
    .toSorted()
    .map((folder) => licenceOf(join(root, folder)))
    .join(`\n\n${'-'.repeat(80)}\n\n`);
};

/** Builds what the package has in place of sources: the command line, the stack, and the handlers that it deploys. */
export const buildPackage = async (): Promise<void> => {
  rmSync(dist, { recursive: true, force: true });
  const built = [
    await handlers(),
    ...(await commandLine(dist)),
    await construct('esm'),
    await construct('cjs'),
  ];
  cpSync(join(root, 'lib', 'hosts', 'shell'), join(dist, 'shell'), { recursive: true });
  writeFileSync(
    join(dist, 'THIRD-PARTY-LICENCES.txt'),
    licencesOf(built.map(({ metafile }) => metafile)),
  );
  types();
};
