import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
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

/** Runs the program in a fresh process with these arguments, and answers the one message that it sends. */
export type AskChild = <Told>(...args: readonly string[]) => Promise<Told>;

/** Bundles a program into a folder of its own, for as long as it is asked. */
export const withChild = async <T>(source: URL, use: (ask: AskChild) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-'));
  try {
    const child = await bundledChild(source, folder);
    return await use(async (...args) => {
      const [told] = await once(fork(child, args, { execArgv: [] }), 'message');
      return told;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
