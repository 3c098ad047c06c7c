import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcess } from './run.ts';

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
});
