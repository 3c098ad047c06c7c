import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { result, scanOf } from '../../reports/compliance/sample.ts';
import { plumbline } from '../run.ts';

describe('checklists and attestations', () => {
  let folder = '';
  const at = (name: string) => join(folder, name);
  const saved = async (name: string, value: unknown): Promise<string> => {
    await writeFile(at(name), typeof value === 'string' ? value : JSON.stringify(value));
    return at(name);
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-checklist-'));
    await saved('scan.json', scanOf([result()], { 'S3.8': 1 }));
    await saved('good.json', scanOf([], { 'S3.8': 2 }));
    await saved(
      'house.yaml',
      `id: house
title: House rules
date: 2026-11-30
requirements:
  - { id: "1.1", title: No public bucket, controls: [S3.8] }
  - { id: "1.10", title: Drills, kind: manual }
`,
    );
  });
  afterAll(() => rm(folder, { recursive: true }));
  const attest = (
    requirement: string,
    over: Readonly<Record<string, string>> = {},
    file = 'a.yaml',
  ) => {
    const said = { by: 'ann', until: '2999-01-31', link: 'https://wiki.example/drills', ...over };
    const options = Object.entries(said).flatMap(([name, value]) => [`--${name}`, value]);
    return plumbline([
      'attest',
      at('house.yaml'),
      requirement,
      ...options,
      '--attestations',
      at(file),
    ]);
  };
  const checklist = (...args: readonly string[]) =>
    plumbline(['checklist', at('house.yaml'), '--attestations', at('a.yaml'), ...args]);

  it('an attestation is written, and read again by the checklist', async () => {
    await saved('a.yaml', '# Ours\nattestations: []\n');
    const before = await checklist('--scan', at('good.json'));
    expect([before.code, before.stderr]).toEqual([2, '']);
    expect(before.stdout).toContain('✎ to attest  1.10  Drills');
    const ran = await attest('1.10');
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toBe(
      `house 1.10: ann answers for it until 2999-01-31, in ${at('a.yaml')}\n`,
    );
    const after = await checklist('--scan', at('good.json'));
    expect(after.code).toBe(0);
    expect(after.stdout).toContain('✓ done  1.10  Drills');
    expect(after.stdout).toContain('ann attests it until 2999-01-31');
  });

  it('one of the same requirement is replaced, and comments stay', async () => {
    await saved('a.yaml', '# Ours\nattestations: []\n');
    await attest('1.10');
    const second = await attest('1.10', { by: 'bob: the "second"' });
    expect(second.stdout).toBe(
      `house 1.10: bob: the "second" answers for it until 2999-01-31, in ${at('a.yaml')}, in place of ann until 2999-01-31 (https://wiki.example/drills)\n`,
    );
    expect(await readFile(at('a.yaml'), 'utf8')).toBe(`# Ours
attestations:
  - standard: house
    requirement: "1.10"
    by: 'bob: the "second"'
    until: 2999-01-31
    link: https://wiki.example/drills
`);
  });

  it('a file that is not there begins with what it is', async () => {
    const ran = await attest('1.10', {}, 'new.yaml');
    expect(ran.code).toBe(0);
    expect(await readFile(at('new.yaml'), 'utf8')).toMatch(/^# What people attest/);
  });

  it('a checklist exits with 1 where an item is not done, and says what was', async () => {
    await saved('a.yaml', 'attestations: []\n');
    await attest('1.10');
    const ran = await checklist('--scan', at('scan.json'), '--compare', at('good.json'));
    expect([ran.code, ran.stderr]).toEqual([1, '']);
    expect(ran.stdout).toContain('✗ not done  1.1  No public bucket, was done');
    const json = await checklist(
      '--scan',
      at('scan.json'),
      '--format',
      'json',
      '--out',
      at('o.json'),
    );
    expect(json.code).toBe(1);
    const read = JSON.parse(await readFile(at('o.json'), 'utf8'));
    expect(read.items.map((item: { outcome: string }) => item.outcome)).toEqual([
      'not done',
      'done',
    ]);
  });

  it('says with --json what --format json says', async () => {
    const asked = ['checklist', 'pre', '--scan', at('good.json')];
    const [short, long] = [
      await plumbline([...asked, '--json']),
      await plumbline([...asked, '--format', 'json']),
    ];
    expect(JSON.parse(short.stdout)).toHaveProperty('items');
    expect(short).toEqual(long);
  });

  it('of what is built in no item on hosts is done by a scan', async () => {
    const ran = await plumbline(['checklist', 'pre', '--scan', at('good.json')]);
    expect(ran.code).toBe(2);
    expect(ran.stdout).toMatch(/^\? cannot tell {2}server\.1 {2}SSH takes keys only$/m);
    expect(ran.stdout).not.toContain('✓ done');
  });

  const wrong: Readonly<
    Record<string, readonly [() => ReturnType<typeof plumbline>, string | RegExp]>
  > = {
    'that a requirement is not there': [
      () => attest('1.11'),
      'house has no requirement 1.11; did you mean 1.1?',
    ],
    'that controls answer it': [
      () => attest('1.1'),
      /^controls answer 1\.1: S3\.8; an attestation would/,
    ],
    'that its end is over': [
      () => attest('1.10', { until: '2020-01-31' }),
      '--until is 2020-01-31, which is over',
    ],
    'that its end is no day': [
      () => attest('1.10', { until: 'never' }),
      '--until is never; allowed: a day such as 2027-01-31',
    ],
    'that its link leads nowhere': [
      () => attest('1.10', { link: 'wiki' }),
      '--link is wiki; allowed: an address that begins with https://',
    ],
    'that nobody answers': [() => attest('1.10', { by: ' ' }), '--by is missing; see --help'],
    'that the file is another one': [
      async () =>
        attest('1.10', {}, (await saved('other.yaml', 'exemptions: []\n')) && 'other.yaml'),
      /other\.yaml:1:1: .*attestations is missing/,
    ],
    'that a checklist is not known': [
      () => plumbline(['checklist', 'pri', '--scan', at('good.json')]),
      'there is no checklist pri; did you mean pre?',
    ],
    'that a form is not known': [
      () => plumbline(['checklist', 'pre', '--scan', at('good.json'), '--format', 'html']),
      '--format is html; allowed: text, json, markdown',
    ],
    'that two forms are asked for': [
      () =>
        plumbline([
          ...['checklist', 'pre', '--scan', at('good.json')],
          ...['--json', '--format', 'markdown'],
        ]),
      '--json does not go with --format markdown: give one of them',
    ],
    'that a checklist is missing': [
      () => plumbline(['checklist']),
      /^Usage: .*checklist <name> \[options\]; see --help$/,
    ],
  };
  it.each(Object.entries(wrong))('says in one sentence %s', async (_, [run, sentence]) => {
    const { code, stdout, stderr } = await run();
    if (typeof sentence === 'string') expect(stderr.trimEnd()).toBe(sentence);
    else expect(stderr.trimEnd()).toMatch(sentence);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});
