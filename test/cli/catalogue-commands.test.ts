import { hostControls } from '../../lib/hosts/index.ts';
import { inProcess, program } from './run.ts';

describe('the command line', () => {
  const asked: Record<string, [args: string[], code: number, stdout: RegExp, stderr: RegExp]> = {
    'without a command shows its help': [
      [],
      2,
      /^Usage: npx --no-install plumbline <command>/,
      /^$/,
    ],
    'shows its help': [['--help'], 0, /scan +evaluate every resource once/, /^$/],
    'shows the help of a command': [['scan', '--help'], 0, /--resource-type <list>/, /^$/],
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
      /^there is no option --jsno; did you mean --json\?\n$/,
    ],
    'refuses an argument too many': [
      ['controls', 'S3.8'],
      2,
      /^$/,
      /^unexpected argument S3\.8; see --help\n$/,
    ],
    'lists the catalogue': [['controls'], 0, /│ S3\.8 +│ HIGH/, /^$/],
    'refuses a standard that it does not know': [
      ['controls', '--standard', 'cis-aws-5.0'],
      2,
      /^$/,
      /^there is no framework cis-aws-5\.0; did you mean cis-aws-5\.0\.0\?\n$/,
    ],
    'refuses to scan by a standard that it does not know': [
      ['scan', '--standard', 'nist-csf2.0'],
      2,
      /^$/,
      /^there is no framework nist-csf2\.0; did you mean nist-csf-2\.0\?\n$/,
    ],
    'refuses to scan by a benchmark of hosts': [
      ['scan', '--standard', 'cis-debian-12-1.1.0'],
      2,
      /^$/,
      /^cis-debian-12-1\.1\.0 is of hosts, which a scan does not read: .* report --standard/,
    ],
    'lists what a benchmark of hosts asks for': [
      ['controls', '--standard', 'cis-debian-12-1.1.0'],
      0,
      /│ PL\.SSH\.1 +│ HIGH/,
      /^$/,
    ],
    'lists what is answered through a crosswalk': [
      ['controls', '--standard', 'nist-csf-2.0'],
      0,
      /│ S3\.8 +│ HIGH/,
      /^$/,
    ],
    'lists the controls on hosts by area': [
      ['controls', '--hosts'],
      0,
      /│ PL\.SSH\.1 +│ HIGH +│ ssh +│ breaking, only by its id │ Root cannot[\s\S]*│ PL\.SSH\.13 [\s\S]*│ PL\.KRN\.1 /,
      /^$/,
    ],
    'refuses a standard of AWS for hosts': [
      ['controls', '--hosts', '--standard', 'fsbp-1.0.0'],
      2,
      /^$/,
      /^--standard and --hosts do not go together: --standard lists controls of every kind\n$/,
    ],
    'explains a control on hosts': [
      ['explain', 'pl.net.3'],
      0,
      /^PL\.NET\.3 {2}ICMP redirects[\s\S]*\.all\.send_redirects: 0\n[\s\S]*By Plumbline-HardenHost-kernel, safe, on hosts with: no vpn\n[\s\S]*Lynis: KRNL-6000\n$/,
      /^$/,
    ],
    'explains what answers for the audits themselves': [
      ['explain', 'PL.HOST.1'],
      0,
      /^PL\.HOST\.1 {2}Hosts should answer their audits/,
      /^$/,
    ],
    'hints at the control on hosts that was meant': [
      ['explain', 'PL.SHS.6'],
      2,
      /^$/,
      /^there is no control PL\.SHS\.6; did you mean PL\.SSH\.6\?\n$/,
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
      /^Usage: npx --no-install plumbline explain <control> \[--json\]; see --help\n$/,
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
    expect(await program(['contols'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'plumbline has no command contols; did you mean controls?\n',
    });
  }, 30_000);

  it('lists the controls of a standard as JSON, in the order of their numbers', async () => {
    const { stdout } = await inProcess(['controls', '--standard', 'cis-aws-5.0.0', '--json']);
    const controls: { id: string; standards: Record<string, string[]> }[] = JSON.parse(stdout);
    const ids = controls.map(({ id }) => id);
    const own = controls.filter(({ standards }) => 'cis-aws-5.0.0' in standards);
    expect(own.map(({ id }) => id)).toContain('S3.8');
    expect(ids).not.toContain('S3.11');
    const numbers = controls.flatMap(({ id }) => id.match(/^S3\.(\d+)$/)?.[1] ?? []).map(Number);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  }, 30_000);

  it('lists the controls on hosts as JSON, with what is expected by default', async () => {
    const { stdout } = await inProcess(['controls', '--hosts', '--json']);
    const controls: { id: string; expected: string[] }[] = JSON.parse(stdout);
    expect(controls).toHaveLength(hostControls.length);
    const expected = Object.fromEntries(controls.map((each) => [each.id, each.expected]));
    expect(expected).toMatchObject({
      'PL.SSH.1': ['PermitRootLogin: no'],
      'PL.SSH.6': ['MaxAuthTries: 1 to 4'],
      'PL.SSH.11': ['AllowTcpForwarding: yes or stricter'],
      'PL.SSH.17': ['LogLevel: INFO or stricter'],
      'PL.F2B.2': [
        'sshd, maxretry: 1 to 5',
        expect.stringMatching(/^sshd, bantime: at least \d+$/),
        'sshd, findtime: at least 600',
      ],
    });
    const told = hostControls.filter(({ check }) => check.kind !== 'own').map(({ id }) => id);
    expect(told.filter((id) => expected[id]?.length === 0)).toEqual([]);
    expect(JSON.stringify(expected)).not.toMatch(/undefined|\[object|: "/);
  });
});
