// Runs Jest. A test calls most functions a few times and keeps little: here and in the workers V8 optimizes late and collects
// seldom, which takes a fourth of the processor's time away. From Node 22 on V8 has no such budget.
import { setFlagsFromString } from 'node:v8';
import { run } from 'jest';

if (process.versions.node.startsWith('20.')) {
  const late = '--interrupt-budget=500000';
  setFlagsFromString(late);
  process.execArgv.push(late);
}
process.env.NODE_ENV ??= 'test';
await run();
