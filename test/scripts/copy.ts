import { cpSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A small repository of its own: the vocabulary, one resource type, one control and its test. */
export const smallRepository = (): string => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-repository-')));
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  const files = [
    'package.json',
    'tsconfig.json',
    'biome.json',
    'lint',
    'lib/controls/control.ts',
    'lib/controls/parameters.ts',
    'lib/controls/standards.ts',
    'lib/controls/s3/bucket-blocks-public-access.ts',
    'lib/controls/judgement',
    'lib/resources',
    'test/controls/harness.ts',
    'test/controls/s3/bucket-blocks-public-access.test.ts',
  ];
  for (const file of files) cpSync(file, join(root, file), { recursive: true });
  mkdirSync(join(root, 'docs'));
  return root;
};
