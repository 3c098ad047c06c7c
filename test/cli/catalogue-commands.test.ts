import { inProcess, plumbline } from './run.ts';

describe('the command line', () => {
  const asked: Record<string, [args: string[], code: number, stdout: RegExp, stderr: RegExp]> = {
    'without a command shows its help': [[], 2, /^Usage: plumbline <command>/, /^$/],
    'shows its help': [['--help'], 0, /scan +judge every resource once/, /^$/],
    'shows the help of a command': [['scan', '--help'], 0, /--resource-type <type>/, /^$/],
    'shows its version': [['--version'], 0, /^\d+\.\d+\.\d+\n$/, /^$/],
    'hints at the command that was meant': [
      ['contols'],
      2,
      /^$/,
      /^plumbline has no command contols; did you mean controls\?\n$/,
    ],
    'refuses an option that it does not have': [
      ['controls', '--jsno'],
      2,
      /^$/,
      /^Unknown option '--jsno'; see --help\n$/,
    ],
    'refuses an argument too many': [
      ['controls', 'S3.8'],
      2,
      /^$/,
      /^unexpected argument S3\.8; see --help\n$/,
    ],
    'lists the catalogue': [['controls'], 0, /│ S3\.8 +│ HIGH/, /^$/],
    'refuses a standard that it does not know': [
      ['controls', '--standard', 'cis'],
      2,
      /^$/,
      /^--standard is cis; allowed: fsbp-1\.0\.0, /,
    ],
    'explains a control': [
      ['explain', 's3.8'],
      0,
      /^S3\.8 {2}S3 general purpose[\s\S]*What to do[\s\S]*s3:GetBucketPublicAccessBlock\n$/,
      /^$/,
    ],
    'asks which control to explain': [
      ['explain'],
      2,
      /^$/,
      /^Usage: plumbline explain <control> \[--json\]; see --help\n$/,
    ],
    'hints at the control that was meant': [
      ['explain', 'S3.88'],
      2,
      /^$/,
      /^there is no control S3\.88; did you mean S3\.8\?\n$/,
    ],
  };
  it.each(Object.entries(asked))(
    '%s',
    async (_, [args, code, stdout, stderr]) => {
      const ran = await inProcess(args);
      expect(ran.stdout).toMatch(stdout);
      expect(ran.stderr).toMatch(stderr);
      expect(ran.code).toBe(code);
    },
    30_000,
  );

  it('runs as a program', async () => {
    expect(await plumbline(['contols'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'plumbline has no command contols; did you mean controls?\n',
    });
  }, 30_000);

  it('lists the controls of a standard as JSON, in the order of their numbers', async () => {
    const { stdout } = await inProcess(['controls', '--standard', 'cis-aws-5.0.0', '--json']);
    const controls: { id: string; standards: Record<string, string[]> }[] = JSON.parse(stdout);
    expect(controls.map(({ id }) => id)).toContain('S3.8');
    for (const { standards } of controls) expect(standards).toHaveProperty(['cis-aws-5.0.0']);
    const numbers = controls.flatMap(({ id }) => id.match(/^S3\.(\d+)$/)?.[1] ?? []).map(Number);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  }, 30_000);
});
