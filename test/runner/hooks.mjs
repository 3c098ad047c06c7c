// How Node loads what tests import: TypeScript without its types, and `@jest/globals` of the file that is running.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import { fileOf, folder } from './kept.cjs';

const globals = new URL('./globals.mjs', import.meta.url).href;
mkdirSync(folder, { recursive: true });

export const resolve = (specifier, context, next) =>
  specifier === '@jest/globals' ? { url: globals, shortCircuit: true } : next(specifier, context);

const write = (file, text) => {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, text);
  renameSync(own, file);
};

const withoutTypes = (path) => {
  const source = readFileSync(path, 'utf8');
  const file = fileOf(path, source);
  try {
    return readFileSync(file, 'utf8');
  } catch {
    const { code, map } = transformSync(source, {
      filename: path,
      sourceMaps: true,
      jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
      module: { type: 'es6' },
    });
    write(`${file}.map`, map);
    write(file, code);
    return code;
  }
};

export const load = (url, context, next) =>
  url.startsWith('file:') && new URL(url).pathname.endsWith('.ts')
    ? { format: 'module', source: withoutTypes(fileURLToPath(url)), shortCircuit: true }
    : next(url, context);
