import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scanOf } from '../../reports/compliance/sample.ts';
import { inProcess } from '../run.ts';

describe('a report of what a check saved', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-report-of-check-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('has each failure of it, once, and the command that prints the patch', async () => {
    const [check, out] = [join(folder, 'check.json'), join(folder, 'report.json')];
    const file = 'test/templates/examples/shop.yaml';
    const checked = await inProcess(['check', file, '--json', '--out', check]);
    expect([checked.code, checked.stderr]).toEqual([1, '']);
    const asked = ['--standard', 'fsbp-1.0.0', '--format', 'json', '--out', out];
    const ran = await inProcess(['report', '--scan', check, ...asked]);
    expect(ran.stderr).toBe('');
    const saved: { results: { control: string; status: string; exemption?: object }[] } =
      JSON.parse(await readFile(check, 'utf8'));
    const report = JSON.parse(await readFile(out, 'utf8'));
    expect(report.scans).toMatchObject([{ source: 'declared' }]);
    const asks = new Set(
      report.frameworks.flatMap(
        ({ requirements }: { requirements: { controls: { id: string }[] }[] }) =>
          requirements.flatMap(({ controls }) => controls.map(({ id }) => id)),
      ),
    );
    const failing = saved.results
      .filter(
        ({ control, status, exemption }) => status === 'FAIL' && !exemption && asks.has(control),
      )
      .map(({ control }) => control);
    expect(failing.length).toBeGreaterThan(3);
    expect(report.failures.map(({ control }: { control: string }) => control).sort()).toEqual(
      failing.sort(),
    );
    expect(report.first.map(({ command = '' }) => command)).toContainEqual(
      expect.stringMatching(
        /^npx --no-install plumbline check test\/templates\/examples\/shop\.yaml --control \S+ --patch$/,
      ),
    );
    expect(ran.code).toBe(1);
  });

  describe('by a framework of our own with controls on manifests', () => {
    const house = `
id: house
title: House
date: 2026-11-30
requirements:
  - { id: containers.1, controls: [PL.CONTAINER.1] }
  - { id: containers.2, controls: [PL.CONTAINER.8] }
  - { id: both.1, controls: [S3.8, PL.CONTAINER.8] }
`;
    const pod = `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, image: 'a:1', securityContext: { privileged: true } }] }
`;
    const stands = async (of: string, text: string) => {
      const [standard, out] = [join(folder, 'house.yaml'), join(folder, 'house.json')];
      await writeFile(standard, text);
      const asked = ['--standard', standard, '--format', 'json', '--out', out];
      const ran = await inProcess(['report', '--scan', of, ...asked]);
      expect(ran.stderr).toBe('');
      const { frameworks, failures } = JSON.parse(await readFile(out, 'utf8'));
      return {
        code: ran.code,
        failures,
        statuses: frameworks[0].requirements.map(
          (one: { id: string; status: string; isPart: boolean }) =>
            `${one.id} ${one.status}${one.isPart ? ' in part' : ''}`,
        ),
      };
    };

    it('takes what files declare', async () => {
      const [file, check] = [join(folder, 'pod.yaml'), join(folder, 'pod.json')];
      await writeFile(file, pod);
      await inProcess(['check', file, '--json', '--out', check]);
      const { code, failures, statuses } = await stands(check, house);
      expect(statuses).toEqual(['both.1 MET in part', 'containers.1 FAILED', 'containers.2 MET']);
      expect(failures).toMatchObject([
        {
          control: 'PL.CONTAINER.1',
          title: expect.stringMatching(/./),
        },
      ]);
      expect(code).toBe(1);
    });

    it('says that nothing was evaluated where no file was', async () => {
      const of = join(folder, 'account.json');
      await writeFile(of, JSON.stringify(scanOf([], { 'S3.8': 3 })));
      const { code, statuses } = await stands(of, house);
      expect(statuses).toEqual([
        'both.1 MET in part',
        'containers.1 NOT_ASSESSED',
        'containers.2 NOT_ASSESSED',
      ]);
      expect(code).toBe(0);
    });

    it('refuses an id that is none, with what was meant', async () => {
      const standard = join(folder, 'wrong.yaml');
      await writeFile(standard, house.replace('PL.CONTAINER.1]', 'PL.CONTAINER.I]'));
      const ran = await inProcess(['report', '--standard', standard, '--scan', 'none.json']);
      expect(ran.code).toBe(2);
      expect(ran.stderr).toMatch(
        /wrong\.yaml:\d+:\d+: there is no control PL\.CONTAINER\.I; did you mean PL\.CONTAINER\.1\b/,
      );
    });
  });

  describe('of what has a tag', () => {
    const template = `
Parameters: { Env: { Type: String, Default: prod } }
Resources:
  Web: { Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: false, Tags: [{ Key: env, Value: prod }] } }
  Other: { Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: false, Tags: [{ Key: env, Value: dev }] } }
  Bare: { Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: false } }
  Fine: { Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: true, Tags: [{ Key: env, Value: prod }] } }
`;
    const open = `
  Open: { Type: 'AWS::SQS::Queue', Properties: { SqsManagedSseEnabled: false, Tags: [{ Key: env, Value: !Ref Env }] } }
`;
    const pod = `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { env: prod } }
spec: { containers: [{ name: web, image: 'a:1', securityContext: { privileged: true } }] }
`;
    const reported = async (text: string, ...args: readonly string[]) => {
      const at = await mkdtemp(join(folder, 'tagged-'));
      const baseline = join(at, 'plumbline.yaml');
      await writeFile(join(at, 'template.yaml'), text);
      await writeFile(join(at, 'pod.yaml'), pod);
      await writeFile(baseline, 'reportTags: [env]\ncontrols: { SQS.1: {}, S3.8: {} }\n');
      await writeFile(join(at, 'house.yaml'), house);
      const check = join(at, 'check.json');
      await inProcess(['check', at, '--baseline', baseline, '--json', '--out', check]);
      const out = join(at, 'report.json');
      const asked = ['--standard', join(at, 'house.yaml'), '--format', 'json', '--out', out];
      const ran = await inProcess(['report', '--scan', check, ...asked, ...args]);
      expect(ran.stderr).toBe('');
      return { code: ran.code, ...JSON.parse(await readFile(out, 'utf8')) };
    };
    const house = `
id: house
title: House
date: 2026-11-30
requirements:
  - { id: q.1, title: Queues, controls: [SQS.1] }
`;
    const failing = ({ failures }: { failures: readonly { id: string }[] }) =>
      failures.map(({ id }) => id.split('#')[1]).sort();
    it('has what declares it, and says that others may get it later', async () => {
      const all = await reported(template);
      expect(failing(all)).toEqual(['Bare', 'Other', 'Web']);
      const made = await reported(template, '--tag', 'env=prod');
      expect([made.code, failing(made)]).toEqual([1, ['Web']]);
      expect(made.frameworks[0].summary.verdicts).toEqual({ passed: 1, of: 2 });
      expect(made.gaps.join(' ')).toMatch(/tags are those that files declare/);
      expect(failing(await reported(template, '--tag', 'env'))).toEqual(['Other', 'Web']);
    });

    it('counts nothing of which nobody knows it, and says so', async () => {
      const made = await reported(template + open, '--tag', 'env=prod');
      expect([made.code, failing(made)]).toEqual([2, ['Web']]);
      expect(made.gaps.join(' ')).toMatch(/Nobody knows whether 1 resource has the tag env=prod/);
      expect(made.notLookedAt).toHaveLength(1);
    });

    it('is refused where the check was of another key', async () => {
      const at = await mkdtemp(join(folder, 'other-'));
      await writeFile(join(at, 'template.yaml'), template);
      const check = join(at, 'check.json');
      await inProcess(['check', at, '--json', '--out', check]);
      const ran = await inProcess([
        'report',
        '--standard',
        'fsbp-1.0.0',
        '--scan',
        check,
        '--tag',
        'env',
      ]);
      expect([ran.code, ran.stdout]).toEqual([2, '']);
      expect(ran.stderr).toMatch(/does not count by tags: leave --tag out/);
    });
  });
});
