import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { longTest } from '../../extent.ts';
import { result, scanOf } from '../../reports/compliance/sample.ts';
import { plumbline } from '../run.ts';

describe('plumbline report', () => {
  let folder = '';
  const at = (name: string) => join(folder, name);
  const saved = async (name: string, value: unknown): Promise<string> => {
    await writeFile(at(name), typeof value === 'string' ? value : JSON.stringify(value));
    return at(name);
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-report-'));
    await saved('scan.json', scanOf([result()], { 'S3.8': 2, 'S3.5': 3 }));
    await saved('before.json', scanOf([], { 'S3.8': 3, 'S3.5': 3 }));
    await saved('good.json', scanOf([], { 'S3.8': 3, 'S3.5': 3 }));
    await saved('dark.json', scanOf([result({ status: 'UNKNOWN', reason: 'denied' })]));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const report = (...args: readonly string[]) => plumbline(['report', ...args]);

  it('says the three numbers, writes the page and exits with 1 where a requirement failed', async () => {
    const out = at('report.html');
    const scans = ['--scan', at('scan.json'), '--compare', at('before.json')];
    const ran = await report('--standard', 'cis-aws-5.0.0', ...scans, '--out', out);
    expect(ran.stderr).toBe('');
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/Coverage +\d+ % {2}2 of 63 requirements assessed/);
    expect(ran.stdout).toMatch(/Score +50 % {2}1 of 2 assessed are met/);
    expect(ran.stdout).toMatch(/Exceptions +0 {2}of 6 verdicts, 5 passed/);
    const page = await readFile(out, 'utf8');
    expect(page).toContain('Worse: fails now, and did not before: 1');
    expect(page).toContain(
      'plan --resource arn:aws:s3:::invoices --control S3.8 --region us-east-1</code>',
    );
  });

  it.each([
    ['good.json', 0],
    ['scan.json', 1],
    ['dark.json', 2],
  ])('of %s exits with %d', async (name, code) => {
    const ran = await report(
      '--standard',
      'cis-aws-5.0.0',
      '--scan',
      at(name),
      '--format',
      'json',
      '--out',
      at('out'),
    );
    expect([ran.code, ran.stderr]).toEqual([code, '']);
  });

  it('of what options of the scan left out is no success', async () => {
    const nothing = await saved(
      'selected.json',
      scanOf([], { 'S3.8': 0, 'S3.5': 0, 'IAM.6': 0 }, { isNarrowed: true, isSelective: true }),
    );
    const some = await saved('some.json', scanOf([], { 'S3.8': 3 }, { isSelective: true }));
    const asked = ['--standard', 'cis-aws-5.0.0', '--format', 'markdown'];
    const ofNothing = await report(...asked, '--scan', nothing, '--out', at('out'));
    expect(ofNothing.stdout).toMatch(/Coverage +0 % {2}0 of 63 requirements assessed/);
    expect(ofNothing.code).toBe(2);
    expect((await report(...asked, '--scan', some, '--out', at('out'))).code).toBe(2);
  });

  longTest('ends with its own code where its reader has seen enough', async () => {
    const args = ['report', '--standard', 'nist-800-53-r5', '--scan', at('scan.json')];
    const child = spawn(process.execPath, ['bin/plumbline.cjs', ...args], { stdio: 'pipe' });
    child.stdout.destroy();
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(said).toBe('');
  });

  it('of what no scan evaluated is no success', async () => {
    const hosts = await report(
      '--standard',
      'cis-debian-12-1.1.0',
      '--scan',
      at('good.json'),
      '--out',
      at('out'),
    );
    expect(hosts.code).toBe(2);
    expect(hosts.stdout).toMatch(/Coverage +0 % {2}0 of 310 requirements assessed/);
  });

  const own = `id: house
title: House rules
date: 2026-11-30
sections: { "1": Storage }
requirements:
  - { id: "1.1", title: No public bucket, controls: [S3.8] }
  - { id: "1.2", title: Drills, kind: manual }
  - { id: "1.10", title: Certificates, controls: [ACM.1] }
`;
  const attested = (until: string) => `attestations:
  - { standard: house, requirement: "1.2", by: ann, until: ${until}, link: "https://wiki.example/drills" }
`;
  const ofHouse = async (until: string) => {
    const ran = await report(
      ...['--standard', await saved('house.yaml', own), '--scan', at('scan.json')],
      ...[
        '--attestations',
        await saved('attested.yaml', attested(until)),
        '--format',
        'json',
        '--out',
        at('out.json'),
      ],
    );
    expect(ran.stderr).toBe('');
    const read = JSON.parse(await readFile(at('out.json'), 'utf8'));
    return {
      statuses: read.frameworks[0].requirements.map(
        ({ id, status }: { id: string; status: string }) => [id, status],
      ),
      gaps: read.gaps.join('\n'),
    };
  };
  it('knows a framework of our own, and what people attest until a day', async () => {
    const { statuses } = await ofHouse('2027-01-31');
    expect(statuses).toEqual([
      ['1.1', 'FAILED'],
      ['1.2', 'ATTESTED'],
      ['1.10', 'NOT_YET'],
    ]);
  });
  it('says of an attestation that it ended', async () => {
    const { statuses, gaps } = await ofHouse('2026-11-29');
    expect(statuses[1]).toEqual(['1.2', 'MANUAL']);
    expect(gaps).toContain('The attestation of house 1.2 by ann ended with 2026-11-29.');
  });

  it('says of a comparison that the baseline or Plumbline changed since', async () => {
    await saved('moved.json', scanOf([], { 'S3.8': 3 }, { baseline: 'other', plumbline: '0.0.9' }));
    const out = ['--format', 'json', '--out', at('moved-report.json')];
    await report(
      '--standard',
      'fsbp-1.0.0',
      '--scan',
      at('scan.json'),
      '--compare',
      at('moved.json'),
      ...out,
    );
    const { gaps } = JSON.parse(await readFile(at('moved-report.json'), 'utf8'));
    const why = 'has changed since the earlier scan: worse and better can come from that alone.';
    expect(gaps).toContain(`The baseline ${why}`);
    expect(gaps).toContain(`Plumbline ${why}`);
  });

  describe('says in one sentence, and with exit code 2,', () => {
    const scan = () => ['--scan', at('scan.json')];
    const wrong: Readonly<
      Record<string, readonly [() => Promise<readonly string[]>, string | RegExp]>
    > = {
      'that a framework is missing': [async () => scan(), '--standard is missing; see --help'],
      'what a framework may be meant by': [
        async () => ['--standard', 'cis-aws-5.0', ...scan()],
        'there is no framework cis-aws-5.0; did you mean cis-aws-5.0.0?',
      ],
      'that a format is not known': [
        async () => ['--standard', 'fsbp-1.0.0', ...scan(), '--format', 'pdf'],
        '--format is pdf; allowed: html, csv, json, ocsf, markdown',
      ],
      'that a class goes with one format': [
        async () => [
          '--standard',
          'fsbp-1.0.0',
          ...scan(),
          '--format',
          'csv',
          '--ocsf',
          'detection',
        ],
        '--ocsf goes with --format ocsf, not with csv',
      ],
      'that a class is not known': [
        async () => ['--standard', 'fsbp-1.0.0', ...scan(), '--ocsf', '2005'],
        '--ocsf is 2005; allowed: compliance, detection',
      ],
      'that a scan is not there': [
        async () => ['--standard', 'fsbp-1.0.0', '--scan', at('none.json')],
        /^--scan \S+none\.json: there is no such file$/,
      ],
      'that a file is no scan': [
        async () => ['--standard', 'fsbp-1.0.0', '--scan', await saved('x.json', '{}')],
        /^\S+x\.json is no saved scan, or one of an earlier release; save one with npx --no-install plumbline scan --out scan\.json$/,
      ],
      'that two scans are of one place': [
        async () => ['--standard', 'fsbp-1.0.0', ...scan(), '--scan', at('good.json')],
        /are both of account 123456789012, us-east-1: give one of them$/,
      ],
      'that a saved scan has its own baseline': [
        async () => ['--standard', 'fsbp-1.0.0', ...scan(), '--baseline', 'x.yaml'],
        '--scan does not go with --baseline: a saved scan has its own',
      ],
      'that an id in a file is a number': [
        async () => ['--standard', await saved('n.yaml', own.replace('"1.10"', '1.10')), ...scan()],
        /n\.yaml:8:\d+: requirements\.3\.id is 1\.1; allowed: an id as a text; a number such as 1\.10 needs quotes$/,
      ],
      'that a control is not known': [
        async () => [
          '--standard',
          await saved('c.yaml', own.replace('[S3.8]', '[S3.88]')),
          ...scan(),
        ],
        /c\.yaml:6:\d+: there is no control S3\.88; did you mean S3\.8\?$/,
      ],
      'that a requirement is there twice': [
        async () => [
          '--standard',
          await saved('t.yaml', own.replace('"1.10"', '"1.1"')),
          ...scan(),
        ],
        /the requirement 1\.1 is there twice$/,
      ],
      'that an end is no day': [
        async () => [
          ...['--standard', 'fsbp-1.0.0', ...scan()],
          ...['--attestations', await saved('a.yaml', attested('2027-02-30'))],
        ],
        /a\.yaml:2:\d+: attestations\.1\.until is "2027-02-30"; allowed: a day that there is$/,
      ],
      'that a link is none': [
        async () => [
          ...['--standard', 'fsbp-1.0.0', ...scan()],
          ...[
            '--attestations',
            await saved('l.yaml', attested('2027-01-31').replace('https:', 'javascript:')),
          ],
        ],
        /attestations\.1\.link is "javascript:.*"; allowed: an address that begins with https:\/\/$/,
      ],
    };
    it.each(Object.entries(wrong))('%s', async (_, [args, sentence]) => {
      const { code, stdout, stderr } = await report(...(await args()));
      if (typeof sentence === 'string') expect(stderr.trimEnd()).toBe(sentence);
      else expect(stderr.trimEnd()).toMatch(sentence);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    });
  });
});
