import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { hostDocuments } from '../../lib/hosts/index.ts';
import { inProcess } from '../cli/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'plumbline-documents-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('documents are written into a folder, which is made', async () => {
  const out = join(folder, 'new');
  const { code, stdout } = await inProcess(['documents', '--out', out]);
  expect(code).toBe(0);
  const names = hostDocuments().map(({ name }) => `${name}.json`);
  expect(readdirSync(out).toSorted()).toEqual(names.toSorted());
  for (const name of names) {
    const content = readFileSync(join(out, name), 'utf8');
    expect(JSON.parse(content).schemaVersion).toBe('2.2');
    expect(stdout).toContain(createHash('sha256').update(content).digest('hex'));
  }
});

test('where to is asked for', async () => {
  const { code, stderr } = await inProcess(['documents']);
  expect(code).toBe(2);
  expect(stderr).toBe('--out is missing; give a folder, such as --out documents\n');
});
