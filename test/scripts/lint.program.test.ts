import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const biome = join('node_modules', '.bin', 'biome');
const uses = (specifier: string) => `import { a } from '${specifier}';\nexport const b = a;\n`;
const usesType = (specifier: string) =>
  `import type { A } from '${specifier}';\nexport type B = A;\n`;

/** What closes a circle for the modules below. */
const between: [file: string, text: string][] = [
  ['lib/support/c-between.ts', usesType('./c.ts')],
  ['test/d-too.cjs', "require('./d.cjs');\n"],
];
const refused: Record<string, [file: string, text: string]> = {
  'a control that imports the engine': [
    'lib/controls/s3/a.ts',
    uses('../../engine/changes/change.ts'),
  ],
  'a control that imports a type of aws': ['lib/controls/s3/b.ts', usesType('../../aws/reader.ts')],
  'a control that loads a client': ['lib/controls/s3/c.ts', uses('@aws-sdk/client-s3')],
  'a control that reads the clock': ['lib/controls/s3/d.ts', 'export const b = new Date();\n'],
  'a control that reads a file': ['lib/controls/s3/e.ts', uses('node:fs')],
  'a control that asserts a type': ['lib/controls/s3/f.ts', 'export const b = [1] as unknown;\n'],
  'a name that only this code knew': ['lib/engine/y.ts', 'export const strangersOut = 1;\n'],
  'a member with such a name': ['lib/cli/g.ts', 'export const a = { judged: 1 };\n'],
  'a test with such a name': ['test/cli/a.test.ts', 'export const letThrough = 1;\n'],
  'a measurement with such a name': ['bench/a.ts', 'export const judges = 1;\n'],
  'a function that is longer than a screen': [
    'lib/cli/h.ts',
    `export const a = () => {\n${'  console.log();\n'.repeat(61)}};\n`,
  ],
  'a regular expression that takes twice as long with each character': [
    'lib/cli/slow.ts',
    'export const a = /b(?:\\s|#[^\\n]*)*:/;\n',
  ],
  'one that takes four times as long with twice as many': [
    'lib/cli/slower.ts',
    'export const a = /b\\s+(?:-\\S+\\s+)*[^;]*c/;\n',
  ],
  'support that imports the engine': ['lib/support/a.ts', uses('../engine/changes/change.ts')],
  'the model that imports a resource': ['lib/model/a.ts', uses('../resources/s3/s3-bucket.ts')],
  'an analysis that imports a control': ['lib/analysis/a.ts', uses('../controls/s3/index.ts')],
  'a resource that imports a control': [
    'lib/resources/s3/a.ts',
    uses('../../controls/s3/index.ts'),
  ],
  'a resource that imports an analysis': [
    'lib/resources/s3/d.ts',
    uses('../../analysis/policies/principals.ts'),
  ],
  'a resource that imports aws': ['lib/resources/s3/b.ts', uses('../../aws/reader.ts')],
  'the engine that imports a resource': [
    'lib/engine/a.ts',
    uses('../resources/account/account.ts'),
  ],
  'a control that loads a client later': [
    'lib/controls/s3/o.ts',
    "export const b = () => import('@aws-sdk/client-s3');\n",
  ],
  'a control that connects to a service': [
    'lib/controls/s3/m.ts',
    "import { s3 } from '../../services/s3.ts';\nexport const b = s3.connect({ region: 'a' });\n",
  ],
  'a service that loads its SDK': ['lib/services/a.ts', uses('@aws-sdk/client-s3')],
  'a service that imports a resource': [
    'lib/services/b.ts',
    uses('../resources/account/account.ts'),
  ],
  'a service that reads the environment': ['lib/services/c.ts', 'export const b = process.env;\n'],
  'the engine that imports a control': ['lib/engine/b.ts', uses('../controls/s3/index.ts')],
  'the engine that imports aws': ['lib/engine/c.ts', uses('../aws/reader.ts')],
  'the engine that imports the SDK': ['lib/engine/d.ts', usesType('@aws-sdk/client-s3')],
  'the engine that reads the clock': ['lib/engine/e.ts', 'export const b = Date.now();\n'],
  'the engine that reads the environment': ['lib/engine/f.ts', 'export const b = process.env;\n'],
  'hosts that import the engine': ['lib/hosts/a.ts', uses('../engine/changes/change.ts')],
  'hosts that import a control': ['lib/hosts/b.ts', uses('../controls/s3/index.ts')],
  'hosts that start a program': ['lib/hosts/c.ts', uses('node:child_process')],
  'hosts that read the environment': ['lib/hosts/d.ts', 'export const b = process.env;\n'],
  'aws that imports a lambda': ['lib/aws/a.ts', uses('../../lambdas/sweep.ts')],
  'aws that imports the command line': ['lib/aws/b.ts', uses('../cli/commands/scan/scan.ts')],
  'aws that imports the pipeline': [
    'lib/aws/stores/a.ts',
    uses('../../pipeline/runtime/runtime.ts'),
  ],
  'the pipeline that imports controls of hosts': [
    'lib/pipeline/hosts/results/a.ts',
    uses('../../../hosts/index.ts'),
  ],
  'the pipeline that imports the command line': [
    'lib/pipeline/scan/a.ts',
    uses('../../cli/account.ts'),
  ],
  'the pipeline that imports templates': [
    'lib/pipeline/scan/b.ts',
    uses('../../templates/files.ts'),
  ],
  'templates that load the SDK': ['lib/templates/a.ts', uses('@aws-sdk/client-s3')],
  'templates that import the command line': [
    'lib/templates/b.ts',
    uses('../cli/commands/scan/scan.ts'),
  ],
  'a report that imports aws': ['lib/reports/a.ts', uses('../aws/reader.ts')],
  'a report that imports what gathers it': [
    'lib/reports/b.ts',
    uses('../reporting/write-reports.ts'),
  ],
  'what gathers a report, and imports the command line': [
    'lib/reporting/a.ts',
    uses('../cli/main.ts'),
  ],
  'the pipeline that imports what gathers a report': [
    'lib/pipeline/scan/c.ts',
    uses('../../reporting/write-reports.ts'),
  ],
  'infrastructure that imports a report': [
    'lib/infrastructure/z.ts',
    uses('../reports/compliance/report.ts'),
  ],
  'infrastructure that imports aws': ['lib/infrastructure/a.ts', uses('../aws/reader.ts')],
  'infrastructure that imports findings': [
    'lib/infrastructure/b.ts',
    uses('../engine/findings/finding.ts'),
  ],
  'the command line that imports the CDK': ['lib/cli/a.ts', uses('aws-cdk-lib')],
  'the local AWS that imports a lambda': ['lib/local/a.ts', uses('../../lambdas/sweep.ts')],
  'the local AWS that imports the command line': ['lib/local/b.ts', uses('../cli/main.ts')],
  'a module that imports itself by another': ['lib/support/b.ts', usesType('./b-too.ts')],
  'that other module': ['lib/support/b-too.ts', usesType('./b.ts')],
  'a module that loads later what imports it': [
    'lib/support/c.ts',
    "export const b = () => import('./c-too.ts');\n",
  ],
  'a module that hands on what loads it': [
    'lib/support/c-too.ts',
    "export type * from './c-between.ts';\n",
  ],
  'a program that requires what requires it': ['test/d.cjs', "require('./d-too.cjs');\n"],
  'a type with a retired name': ['lib/engine/z.ts', 'export type Docket = string;\n'],
  'a parameter with such a name, in a template': [
    'lib/engine/w.ts',
    ['export const a = (all: string[]) => `it’s $', '{all.map((stranger) => stranger)}`;\n'].join(
      '',
    ),
  ],
  'a member whose name is quoted': [
    'lib/engine/v.ts',
    "export interface A {\n  readonly 'of-strangers': string;\n}\n",
  ],
  'a program with such a name': ['scripts/a.mjs', 'export const reckoned = 1;\n'],
  'a lambda that imports the CDK': ['lambdas/a.ts', uses('aws-cdk-lib/aws-s3')],
  'a lambda that imports infrastructure': ['lambdas/b.ts', uses('../lib/infrastructure/app.ts')],
  'a lambda that imports the local AWS': ['lambdas/c.ts', uses('../lib/local/moto/moto.ts')],
};
const accepted: Record<string, [file: string, text: string]> = {
  'a sentence that has such a word': [
    'lib/cli/i.ts',
    "// A stranger's.\nexport const a = { b: 'what a stranger says' };\n",
  ],
  'two modules that import the same third': ['lib/cli/j.ts', uses('./i.ts')],
  'the other of them': ['lib/cli/k.ts', `${uses('./i.ts')}${usesType('./j.ts')}`],
  'a control that imports its resource': [
    'lib/controls/s3/g.ts',
    uses('../../resources/s3/s3-bucket.ts'),
  ],
  'a control that imports an analysis': [
    'lib/controls/s3/h.ts',
    uses('../../analysis/network/ports.ts'),
  ],
  'a control that imports what its service shares': [
    'lib/controls/s3/l.ts',
    uses('./shared/public-bucket.ts'),
  ],
  'a control that imports a service': ['lib/controls/s3/n.ts', uses('../../services/s3.ts')],
  'a service that loads its SDK when asked': [
    'lib/services/d.ts',
    "export const b = () => import('@aws-sdk/client-s3');\n",
  ],
  'the engine that imports a service': ['lib/engine/i.ts', uses('../services/partition.ts')],
  'a control that imports types of the SDK': [
    'lib/controls/s3/i.ts',
    usesType('@aws-sdk/client-s3'),
  ],
  'a control that says as const': ['lib/controls/s3/j.ts', "export const b = ['a'] as const;\n"],
  'a control that makes a date of a text': [
    'lib/controls/s3/k.ts',
    'export const b = new Date(1);\n',
  ],
  'a resource that imports the vocabulary': [
    'lib/resources/s3/c.ts',
    uses('../../model/resource-type.ts'),
  ],
  'the engine that imports the vocabulary': ['lib/engine/g.ts', uses('../model/standards.ts')],
  'the engine that hashes': ['lib/engine/h.ts', uses('node:crypto')],
  'hosts that import parameters': ['lib/hosts/e.ts', uses('../model/parameters.ts')],
  'hosts that read their shell': ['lib/hosts/f.ts', uses('node:fs')],
  'aws that imports the engine': ['lib/aws/c.ts', uses('../engine/changes/change.ts')],
  'the pipeline that imports its hosts': ['lib/pipeline/remediate/a.ts', uses('../hosts/ports.ts')],
  'the pipeline that imports aws': ['lib/pipeline/sweep/a.ts', uses('../../aws/reader.ts')],
  'infrastructure that imports the baseline': [
    'lib/infrastructure/c.ts',
    uses('../engine/baseline/baseline.ts'),
  ],
  'a lambda that imports aws': ['lambdas/d.ts', uses('../lib/aws/reader.ts')],
};

type Snippets = readonly [file: string, text: string][];
/** What the linter prints of a folder of snippets under our own rules. */
const linted = (snippets: Snippets): string => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-lint-'));
  const { vcs: _, $schema: __, ...config } = JSON.parse(readFileSync('biome.json', 'utf8'));
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(config));
  cpSync('lint', join(folder, 'lint'), { recursive: true });
  for (const [file, text] of snippets) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const args = [
    'lint',
    '--reporter=json',
    '--max-diagnostics=none',
    `--config-path=${folder}`,
    folder,
  ];
  const { stdout } = spawnSync(biome, args, { encoding: 'utf8' });
  const ofAll = spawnSync(process.execPath, ['scripts/lint.mjs', folder], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return `${stdout}${ofAll.stderr}`;
};
/** The snippets that are refused. */
const lintAll = (snippets: Snippets): Set<string> => {
  const said = linted(snippets);
  return new Set(snippets.map(([file]) => file).filter((file) => said.includes(file)));
};

describe('the linter', () => {
  const found = lintAll([...between, ...Object.values(refused), ...Object.values(accepted)]);
  it.each(Object.entries(refused))('refuses %s', (_, [file]) => {
    expect(found).toContain(file);
  });
  it.each(Object.entries(accepted))('accepts %s', (_, [file]) => {
    expect(found).not.toContain(file);
  });
  it('refuses a folder with too many files, and no other', () => {
    const filesIn = (where: string, count: number) =>
      Array.from({ length: count }, (_, n): [string, string] => [`${where}/f${n}.ts`, '']);
    const said = linted([
      ...filesIn('lib/cli/many', 39),
      ...filesIn('lib/cli/full', 38),
      ...filesIn('lib/services', 39),
    ]);
    expect(said.match(/^\S+: \d+ files/gm)).toEqual(['lib/cli/many: 39 files']);
  });
});

const isWord = (line: string) => line !== '' && !line.startsWith('#');
describe('the words that were retired', () => {
  // In a sentence a stranger is somebody whom nobody knows.
  const words = readFileSync('lint/retired-words.txt', 'utf8').split('\n').filter(isWord);
  const inNames = new RegExp(words.join('|'), 'i');
  const inProse = new RegExp(words.filter((word) => word !== 'stranger').join('|'), 'i');
  const files = spawnSync('git', ['ls-files'], { encoding: 'utf8' }).stdout.split('\n');
  // What was decided and what changed keep the words of their time.
  const current = files.filter((file) => !/^(docs\/adr\/|CHANGELOG\.md$|lint\/)/.test(file));
  const pages = current.filter((file) => file.endsWith('.md') && existsSync(file));

  it('are known', () => {
    expect(words).toEqual(expect.arrayContaining(['docket', 'apprais', 'stranger']));
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/ARCHITECTURE.md']));
  });
  it('are the name of no file', () => {
    expect(current.filter((file) => inNames.test(file.replaceAll('-', '')))).toEqual([]);
  });
  it('stand nowhere in the documentation', () => {
    const found = pages.flatMap((page) =>
      readFileSync(page, 'utf8')
        .split('\n')
        .filter((line) => inProse.test(line.replaceAll(/[ -]/g, '')))
        .map((line) => `${page}: ${line}`),
    );
    expect(found).toEqual([]);
  });
});
