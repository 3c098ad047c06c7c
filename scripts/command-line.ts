import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';
import { everyControl } from '../lib/controls/every.ts';
import { settingsIn } from '../lib/infrastructure/baseline-file.ts';
import { forNode } from '../lib/infrastructure/bundle.ts';
import { sdkPlugin } from '../lib/infrastructure/sdk-plugin.ts';
import { startedAtOnce } from './started-at-once.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version }: { version: string } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);

/** Modules that need the repository, as they are in the package. */
const packaged: Readonly<Record<string, string>> = {
  'lib/cli/version.ts': `export const version = () => ${JSON.stringify(version)};`,
  'lib/cli/commands/local.ts': `import { UserError } from '../../support/user-error.ts';
export const local = async () => {
  throw new UserError('the local AWS is not in the package: clone the repository of Plumbline, then npm start');
};`,
};
/** What `check` alone has besides: the settings that count without a baseline, and nothing that asks an account. */
const packagedCheck = async (): Promise<Readonly<Record<string, string>>> => {
  const settings = JSON.stringify(await settingsIn(undefined, everyControl));
  return {
    ...packaged,
    'lib/infrastructure/unsaid-settings.ts': `export const unsaidSettings = JSON.parse(${JSON.stringify(settings)});`,
    'lib/cli/commands/check/live.ts': `export const liveOf = () => { throw new Error('check --live is in the whole command line'); };
export const liveText = () => [];`,
  };
};

const asPackaged = (modules: Readonly<Record<string, string>>): Plugin => ({
  name: 'as-packaged',
  setup: ({ onLoad }) => {
    for (const [file, contents] of Object.entries(modules))
      onLoad({ filter: new RegExp(`${file.replaceAll('.', '\\.')}$`) }, ({ path }) => ({
        contents,
        loader: 'js',
        resolveDir: join(path, '..'),
      }));
  },
});

// Of the CDK one command makes a template, where it is installed.
const external = ['aws-cdk-lib', 'constructs'];

/** `check` as the package has it once more, of which what each start needs is one file. */
export const checkApart = async (outdir: string): Promise<{ readonly metafile: Metafile }> =>
  startedAtOnce('check', {
    ...forNode,
    chunkNames: 'check-[hash]',
    plugins: [asPackaged(await packagedCheck())],
    entryPoints: ['bin/check.ts'],
    external: [...external, '@aws-sdk/*', '@smithy/*'],
    outdir,
  });

/** The command line as the package has it: all of it in parts, and `check` apart. */
export const commandLine = async (
  outdir: string,
): Promise<readonly { readonly metafile: Metafile }[]> => [
  await build({
    ...forNode,
    plugins: [asPackaged(packaged), sdkPlugin(root)],
    entryPoints: ['bin/plumbline.ts'],
    external,
    outdir,
    chunkNames: 'parts-[hash]',
  }),
  await checkApart(outdir),
];
