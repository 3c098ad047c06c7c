import { inProcess } from './run.ts';

describe('an empty argument', () => {
  it('is refused by every command that takes a path or a name, in one sentence', async () => {
    const { stdout } = await inProcess(['--help']);
    const names = [...stdout.matchAll(/^ {2}([a-z][a-z-]*) {2,}/gm)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(20);
    const taking: string[] = [];
    for (const name of names) {
      const { stderr, code } = await inProcess([name, '']);
      const told = stderr.trim();
      expect(`${name} ${code}: ${told}`).toMatch(
        /^[a-z-]+ 2: (?:plumbline: )?(?:an argument is empty|Usage|usage|unexpected argument)[^\n]*$/,
      );
      if (told.includes('an argument is empty')) taking.push(name);
    }
    expect(taking).toEqual(expect.arrayContaining(['check', 'explain', 'fix', 'patch', 'undo']));
  });
  it.each(['--baseline', '--parameters', '--out', '--new-only'])(
    'is refused for %s',
    async (name) => {
      const { stderr, code } = await inProcess(['check', 'test/templates/examples', name, '']);
      expect(stderr).toBe(`${name} is empty: give it a value; see --help\n`);
      expect(code).toBe(2);
    },
  );
});
