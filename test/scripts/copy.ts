import { cpSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const kept = 's3/bucket-blocks-public-access';
/** Of the catalogue only what controls share and one control. */
const isKept = (path: string): boolean =>
  !/^lib.controls./.test(path) ||
  /^lib.controls.(\w+(.shared(.[\w-]+)*(.[\w-]+\.ts)?)?|[\w-]+\.ts)$/.test(path) ||
  path.endsWith(`${kept}.ts`);

/** A small repository of its own: the vocabulary, one resource type, one control and its test. */
export const smallRepository = (): string => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-repository-')));
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'));
  const files = [
    'package.json',
    'tsconfig.json',
    'biome.json',
    'lint',
    'lib/model',
    'lib/support',
    'lib/analysis',
    'lib/aws',
    'lib/resources',
    'lib/engine',
    'lib/services',
    'lib/local/endpoint',
    'lib/local/iam',
  ];
  for (const file of [
    ...files,
    'lib/controls',
    'test/controls/harness.ts',
    'test/controls/plans.ts',
    'test/controls/apply',
    'test/local/path/turns/turn.ts',
    'test/remediation/drift.ts',
    `test/controls/${kept}.test.ts`,
  ])
    cpSync(file, join(root, file), { recursive: true, filter: isKept });
  mkdirSync(join(root, 'docs'));
  return root;
};
