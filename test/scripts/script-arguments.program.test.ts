import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { sampled } from '../extent.ts';

const { scripts }: { scripts: Record<string, string> } = JSON.parse(
  readFileSync('package.json', 'utf8'),
);
/** The last command of a script, which gets what is written behind `--`, where it runs a file of ours. */
const programOf = (script: string): readonly string[] | undefined => {
  const last = script.split(' && ').at(-1) ?? '';
  return /^node (?:--import \S+ )?(?:scripts|bench)\//.test(last)
    ? last.split(' ').slice(1)
    : undefined;
};
// npm runs it by itself, when it installs and packs.
const notForPeople = ['prepare'];
const own = Object.entries(scripts).flatMap(([name, script]) => {
  const program = programOf(script);
  return program === undefined || notForPeople.includes(name) ? [] : [{ name, program }];
});

/** Node loads our TypeScript as it does for tests, in half of the processor's time that tsx takes, but of one script. */
const quickly = (name: string, program: readonly string[]) =>
  program.map((part) =>
    part === 'tsx' && name !== 'new-control' ? './test/runner/register.mjs' : part,
  );

/** What a program says and ends with. */
const said = async (program: readonly string[], option: string) => {
  const child = spawn(process.execPath, [...program, option], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { status, stdout, stderr };
};

describe('scripts of package.json', () => {
  it('are all asked here, those of ours', () => {
    expect(own.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        ...['test', 'check', 'bench', 'generate', 'build', 'landed-template'],
        ...['new-service', 'new-resource-type', 'new-control', 'look-at-report'],
      ]),
    );
  });

  it.each(
    sampled(
      own.map(({ name, program }) => ({ name, program: quickly(name, program) })),
      { quick: 3 },
    ),
  )(
    '$name says how it is used, and refuses in a sentence what it does not know',
    async ({ program }) => {
      const [help, wrong] = await Promise.all([said(program, '--help'), said(program, '--helpp')]);
      expect(help).toEqual({
        status: 0,
        stderr: '',
        stdout: expect.stringMatching(/^Usage: npm /),
      });
      expect(wrong).toEqual({
        status: 2,
        stdout: '',
        stderr: expect.stringMatching(/^[^\n]*--helpp[^\n]*--help\n$/),
      });
    },
  );
});
