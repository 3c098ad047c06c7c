#!/usr/bin/env node
// The built command line of the package; in the repository what is built of its sources as they are now. The local AWS
// and its handlers run from the sources themselves. It is CommonJS, which Node 20 starts 14 ms sooner than a module.
const { existsSync } = require('node:fs');
const module_ = require('node:module');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { ownFolder, runKept } = require('./kept-code.cjs');

/** Has Node 22.1 and later keep what it compiles, so that the next start takes a quarter less. */
const keepCompiled = () => {
  const folder = module_.enableCompileCache && ownFolder('compiled');
  if (folder) module_.enableCompileCache(folder);
};

const at = (path) => join(__dirname, path);
const load = (path) => import(pathToFileURL(path).href);

const fromSource = async () => {
  const { freshEntry } = await load(at('../scripts/fresh-cli.mjs'));
  const entry = process.argv[2] === 'local' ? undefined : await freshEntry();
  if (entry === undefined) (await import('tsx/esm/api')).register();
  await (entry === undefined ? load(at('plumbline.ts')) : import(entry));
};

// Until something says how it ended, it did not end well.
process.exitCode = 2;
if (existsSync(at('plumbline.ts'))) fromSource();
else {
  // What asks an account needs the clients of AWS, which the files of `check` leave out.
  const isCheck = process.argv[2] === 'check' && !process.argv.includes('--live');
  const entry = at(isCheck ? '../dist/check.cjs' : '../dist/plumbline.mjs');
  // npm builds what it takes from git by a script of the package.
  if (!existsSync(entry))
    console.error('This package was never built: install it again, with scripts allowed.');
  else if (isCheck) runKept(at('../dist'), './check.cjs');
  else {
    keepCompiled();
    load(entry);
  }
}
