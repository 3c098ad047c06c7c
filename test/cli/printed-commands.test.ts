import { readdirSync, readFileSync } from 'node:fs';
import { inProcess } from './run.ts';

const filesIn = (folder: string, ending: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);

/** What stands for a value in a text: an id, an owner, a day. */
const values: Readonly<Record<string, string>> = {
  action: 'pl-00000000000000000000',
  id: 'pl-00000000000000000000',
  resource: 'my-bucket',
  control: 'S3.8',
  who: 'web',
  why: 'site',
  day: '2999-01-01',
  instance: 'i-0123456789abcdef0',
};
const filled = (command: string): string =>
  command
    .replace(/(?<=--control |explain )\$\{[^}]*\}/g, 'S3.8')
    .replace(/\$\{[^}]*ref[^}]*\}/g, 'my-bucket')
    .replace(/\$\{[^}]*(action|undoes|\bid\b)[^}]*\}/g, 'pl-00000000000000000000')
    .replace(/\$\{[^}]*\}/g, 'S3.8')
    .replace(/(?<=explain )<id>/, 'S3.8')
    .replace(/\bpl-…/g, 'pl-00000000000000000000')
    .replace(/<([a-z]+)[^>]*>/g, (_, name: string) => values[name] ?? 'x');

const subcommands =
  'scan|doctor|plan|fix|undo|actions|action|exemptions|breakers|rollouts|controls|explain';
const pattern = new RegExp(
  `(?:plumbline |runAs\\([\`'])((?:${subcommands})\\b(?: (?:--[a-z-]+|add|confirm|end|close|start|on|off|pl-[\\w…]+|[a-z]+/[a-z]+|<[^>]+>|\\$\\{[^}]+\\}|[A-Z0-9.]+\\.\\d+|my-[a-z-]+|\\S+\\.json|high|critical,high|s3|web|site|[\\d-]+|eu-west-1|cis-aws-3\\.0\\.0))*)`,
  'g',
);
/** Commands that sources and documents print, each as it would be run. */
const printed = (): readonly string[] => {
  const sources = [...filesIn('lib', '.ts'), ...filesIn('docs', '.md'), 'README.md'];
  const found = sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(pattern)]
      .map(([, command = '']) => command.trim())
      // The line of a usage lists what can be said, and no command.
      .filter((command) => !/\[|\|/.test(command)),
  );
  return [...new Set(found.map(filled))].sort();
};

/** A command in a text that names it without what runs it: only an address or a comment may. */
const bare = new RegExp(
  `(?<!--no-install |Usage: |Example: |^ +)plumbline (?:${subcommands})\\b`,
  'm',
);
const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^ *\/\/.*$/gm, '');

describe('every command that is printed runs as printed', () => {
  it('says by what it is run, in sources and documents', () => {
    const sources = ['lib', 'lambdas', 'bin', 'scripts'].flatMap((folder) => [
      ...filesIn(folder, '.ts'),
      ...filesIn(folder, '.mjs'),
    ]);
    // The tour names a call, and reads one out of a note.
    const found = sources
      .filter((file) => !/lib\/local\/tour\/tour(-scenes)?\.ts/.test(file))
      .filter((file) => bare.test(withoutComments(readFileSync(file, 'utf8'))));
    expect(found).toEqual([]);
    // Decisions and measurements name commands, and print none.
    const pages = ['README.md', 'SECURITY.md', ...filesIn('docs', '.md')].filter(
      (page) => !/^docs\/(adr|reference\/benchmarks)/.test(page),
    );
    expect(pages.filter((file) => bare.test(readFileSync(file, 'utf8')))).toEqual([]);
  });

  const commands = printed();
  it('finds them', () => {
    expect(commands).toContain('undo pl-00000000000000000000');
    expect(commands).toContain('rollouts start S3.8');
    expect(commands.length).toBeGreaterThan(15);
  });

  // An address without a scheme fails at the first call, when all that was written has been understood.
  const env = { AWS_ENDPOINT_URL: 'nowhere', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
  it.each(commands)('plumbline %s', async (command) => {
    // What a person answers on a terminal.
    const yes = command.startsWith('fix') ? ['--yes'] : [];
    const id = /^undo (\S+)$/.exec(command)?.slice(1) ?? [];
    const agreed = [...yes, ...id.flatMap((one) => ['--confirm', one])];
    const { code, stderr } = await inProcess([...command.split(' '), ...agreed], env);
    const isComplete =
      !/^(fix|undo|action|explain|exemptions (add|confirm|end)|rollouts start|breakers close)$/.test(
        command,
      );
    if (!isComplete) return;
    expect(stderr).toMatch(/^(AWS_ENDPOINT_URL is nowhere; .*\n)?$/);
    expect(code).toBe(stderr === '' ? 0 : 2);
  });
});

describe('the help of every command', () => {
  const parts: Readonly<Record<string, readonly string[]>> = {
    exemptions: ['add', 'confirm', 'end'],
    breakers: ['close'],
    rollouts: ['start'],
  };
  const all = [
    ...subcommands.split('|'),
    'remediation',
    'uninstall',
    'estimate',
    'documents',
    'member-template',
    'local',
  ].flatMap((name) => [name, ...(parts[name] ?? []).map((part) => `${name} ${part}`)]);
  it.each(all)(
    '%s: exit codes, an example, and no line that is wider than a hundred',
    async (name) => {
      const { code, stdout, stderr } = await inProcess([...name.split(' '), '--help']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^Exit code: .+\nExample: npx --no-install plumbline \S+/m);
      const lines = stdout.split('\n').filter((line) => !/^(Usage:| {7}npx|Example:)/.test(line));
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
    },
  );
});
