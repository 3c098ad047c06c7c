#!/usr/bin/env node
// The built command line of the package; in the repository what is built of its sources as they are now. The local AWS
// and its handlers run from the sources themselves.
import { existsSync, mkdirSync, statSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Whether nobody else can write there: what others could put into a cache of code would run here. */
const isOwn = (folder) => {
  const { uid, mode } = statSync(folder);
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
};
/** Has Node 22.1 and later keep what it compiles, so that the next start takes a quarter less. */
const keepCompiled = () => {
  if (!module.enableCompileCache) return;
  const kept = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'plumbline');
  const folder = join(kept, 'compiled');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (isOwn(kept) && isOwn(folder)) module.enableCompileCache(folder);
  } catch {
    // A home that is not there or cannot be written to: each start compiles.
  }
};

const at = (path) => new URL(path, import.meta.url);
const source = at('./plumbline.ts');
if (existsSync(source)) {
  const { freshEntry } = await import(at('../scripts/fresh-cli.mjs').href);
  const entry = process.argv[2] === 'local' ? undefined : await freshEntry();
  if (entry === undefined) (await import('tsx/esm/api')).register();
  await import(entry ?? source.href);
} else {
  // What asks an account needs the clients of AWS, which the one file leaves out.
  const isCheck = process.argv[2] === 'check' && !process.argv.includes('--live');
  const entry = at(isCheck ? '../dist/check.mjs' : '../dist/plumbline.mjs');
  if (existsSync(entry)) {
    keepCompiled();
    await import(entry.href);
  } else {
    // npm builds what it takes from git by a script of the package.
    console.error('This package was never built: install it again, with scripts allowed.');
    process.exitCode = 2;
  }
}
