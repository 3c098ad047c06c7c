#!/usr/bin/env node
// The built command line of the package; in the repository what is built of its sources as they are now. The local AWS
// and its handlers run from the sources themselves. It is CommonJS, which Node 20 starts 14 ms sooner than a module.
const { existsSync } = require('node:fs');
const module_ = require('node:module');
const { dirname, join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { ownFolder, runKept } = require('./kept-code.cjs');

/** Has Node 22.1 and later keep what it compiles, so that the next start takes a quarter less. */
const keepCompiled = () => {
  const folder = module_.enableCompileCache && ownFolder('compiled');
  if (folder) module_.enableCompileCache(folder);
};

const at = (path) => join(__dirname, path);
const load = (path) => import(pathToFileURL(path).href);

// What asks an account needs the clients of AWS, which the files of `check` leave out.
const isCheck = process.argv[2] === 'check' && !process.argv.includes('--live');
const run = (entry) => {
  if (isCheck) runKept(dirname(entry), './check.cjs');
  else {
    keepCompiled();
    load(entry);
  }
};

const runSources = async () => {
  const { freshEntry } = await load(at('../scripts/fresh-cli.mjs'));
  const name = isCheck ? 'check' : 'plumbline';
  const entry = process.argv[2] === 'local' ? undefined : await freshEntry(name);
  if (entry !== undefined) return run(entry);
  (await import('tsx/esm/api')).register();
  await load(at('plumbline.ts'));
};

// Until something says how it ended, it did not end well.
process.exitCode = 2;
if (existsSync(at('plumbline.ts'))) runSources();
else {
  const entry = at(isCheck ? '../dist/check.cjs' : '../dist/plumbline.mjs');
  // npm builds what it takes from git by a script of the package.
  if (existsSync(entry)) run(entry);
  else console.error('This package was never built: install it again, with scripts allowed.');
}
