// Runs Jest. A test calls most functions a few times and keeps little: here and in the workers V8 optimizes late and collects
// seldom, which takes a fourth of the processor's time away. From Node 22 on V8 has no such budget.
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import * as modules from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { run } from 'jest';

if (typeof modules.register !== 'function') {
  console.error(`The tests need Node 20.6 or newer; this is ${process.versions.node}.`);
  process.exit(2);
}
if (process.versions.node.startsWith('20.')) {
  const late = '--interrupt-budget=500000';
  setFlagsFromString(late);
  process.execArgv.push(late);
}
process.env.NODE_ENV ??= 'test';
// What Node and the SDK say of their own future is no result of a test, nor of a program that it starts.
process.env.NODE_NO_WARNINGS ??= '1';

// What tests leave behind goes with the run.
const outside = tmpdir();
const folder = mkdtempSync(join(outside, 'plumbline-tests-'));
// For everybody, as the one it is in: tests run programs as other users.
chmodSync(folder, 0o1777);
process.env.TMPDIR = folder;
// What tsx has made of TypeScript is kept for the next run.
const kept = `tsx-${userInfo().uid}`;
mkdirSync(join(outside, kept), { recursive: true });
symlinkSync(join(outside, kept), join(folder, kept));

const isMounted = (path) => {
  try {
    return readFileSync('/proc/self/mounts', 'utf8').includes(` ${path}/`);
  } catch {
    return false;
  }
};
/** Removes what is left, but what is mounted below it; answers how many there are of each kind. */
const cleared = () => {
  const counts = new Map();
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const kind = name.replace(/(?<=.{4})[A-Za-z0-9]{6}(\.\w+)?$/, '*$1');
    if (name !== kept) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (!isMounted(path)) rmSync(path, { recursive: true, force: true });
  }
  if (!isMounted(folder)) rmSync(folder, { recursive: true, force: true });
  return [...counts].map(([kind, count]) => `${count} × ${kind}`);
};

await run();
const left = cleared();
if (left.length > 0) console.error(`tests left behind, now removed: ${left.join(', ')}`);
