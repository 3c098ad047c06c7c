#!/usr/bin/env node
// The built command line of the package; in the repository its sources, which tsx runs.
import { existsSync } from 'node:fs';

const source = new URL('./plumbline.ts', import.meta.url);
if (existsSync(source)) {
  const { register } = await import('tsx/esm/api');
  register();
  await import(source.href);
} else {
  await import(new URL('../dist/plumbline.mjs', import.meta.url).href);
}
