import { existsSync, readdirSync, readFileSync } from 'node:fs';

const page = readFileSync('CONTRIBUTING.md', 'utf8');
const [, section = ''] = page.split('## A new resource type, a new service\n');
const rows = section
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .slice(2)
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, written = '', scaffold = '', told = '']) => ({ written, scaffold, told }));
const pathsIn = (text: string): readonly string[] =>
  [...text.matchAll(/`((?:lib|test)\/[^`]+)`/g)].flatMap(([, path]) => path ?? []);
const files = ['lib', 'test'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(
    (file) => `${folder}/${file.replaceAll('\\', '/')}`,
  ),
);
/** The files of a service that a path of the table stands for. */
const formOf = (path: string, service: string): RegExp =>
  new RegExp(
    `^${path.replaceAll('.', '\\.').replace('<service>', service).replace(/<\w+>/, '[\\w-]+')}/?$`,
  );
const written = rows.flatMap((row) => pathsIn(row.written));

describe('the table of what a new service takes', () => {
  it('has five files for every service, and two more for what several controls share', () => {
    expect(written.filter((path) => path.includes('<service>'))).toHaveLength(7);
    expect(written.slice(0, 5).every((path) => path.includes('<service>'))).toBe(true);
  });

  it.each(written)('%s is there of a service whose controls share calls', (path) => {
    const form = formOf(path, 'kms');
    expect(files.filter((file) => form.test(file) || `${file}/` === path)).not.toEqual([]);
  });

  it.each(rows)('$written: what tells of it is there', ({ told, scaffold }) => {
    expect(pathsIn(told).filter((path) => !existsSync(path))).toEqual([]);
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    const [, script = 'lint'] = /npm run ([\w-]+)/.exec(scaffold) ?? [];
    expect(scripts).toHaveProperty(script);
  });

  /** Generated, shared by several files, or for templates, which other sections are about. */
  const isAnotherMatter = (file: string) =>
    /\/index\.ts$|\/shared\/|^lib\/templates\//.test(file) ||
    (/^test\/controls\/\w+\//.test(file) && !file.endsWith('.test.ts'));
  const filesOf = (service: string) =>
    files.filter(
      (file) =>
        file.endsWith('.ts') &&
        !isAnotherMatter(file) &&
        (file.includes(`/${service}/`) || file.endsWith(`/${service}.ts`)),
    );
  it.each(['ecr', 'kms', 'sns', 'sqs'])('names each file that is of %s alone', (service) => {
    const forms = written.map((path) => formOf(path, service));
    expect(filesOf(service).filter((file) => !forms.some((form) => form.test(file)))).toEqual([]);
  });

  it('has only the first five for a service whose controls share nothing, with a plan too', () => {
    const own = filesOf('athena');
    const forms = written.slice(0, 5).map((path) => formOf(path, 'athena'));
    expect(own.filter((file) => !forms.some((form) => form.test(file)))).toEqual([]);
    expect(forms.filter((form) => !own.some((file) => form.test(file)))).toEqual([]);
    const control = readFileSync('lib/controls/athena/work-group-publishes-metrics.ts', 'utf8');
    expect(control).toContain("kind: 'calls'");
  });
});
