#!/usr/bin/env node
// The built command line of the package; in the repository what is built of its sources as they are now. The local AWS
// and its handlers run from the sources themselves.
import { existsSync } from 'node:fs';

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
  if (existsSync(entry)) await import(entry.href);
  else {
    // npm builds what it takes from git by a script of the package.
    console.error('This package was never built: install it again, with scripts allowed.');
    process.exitCode = 2;
  }
}
