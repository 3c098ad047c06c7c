import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { worldAt } from '../../local/path/world.ts';
import { remediating } from '../remediating.ts';
import { plumbline } from '../run.ts';

const baseline = `
presets: []
controls: { S3.8: { mode: plan }, S3.17: {} }
`;

describe('a report of what an installation knows', () => {
  const { cli, url, openBucket } = remediating(baseline);
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-report-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('says since when and by whom, and can be made again of what was kept', async () => {
    await openBucket('reported');
    const resource = 'arn:aws:s3:::reported';
    await worldAt(url()).finding({ control: 'S3.8', resource, status: 'FAILED' });
    const [kept, out] = [join(folder, 'kept.json'), join(folder, 'report.json')];
    const asked = ['report', '--standard', 'fsbp-1.0.0', '--format', 'json'];
    const made = await cli(...asked, '--stack', 'Plumbline', '--keep', kept, '--out', out);
    expect(made.stderr).toBe('');
    expect(made.code).toBe(1);
    const first = await readFile(out, 'utf8');
    const { failures, scans } = JSON.parse(first);
    expect(scans).toMatchObject([{ source: 'posture' }]);
    expect(failures).toContainEqual(
      expect.objectContaining({
        control: 'S3.8',
        arn: resource,
        since: expect.stringMatching(/^\d{4}-/),
        by: expect.stringMatching(/^arn:aws:/),
      }),
    );
    await plumbline([...asked, '--scan', kept, '--out', out]);
    expect(await readFile(out, 'utf8')).toBe(first);
  });

  it.each([
    [['--stack', 'Nowhere'], /there is no stack Nowhere/],
    [['--stack', 'Plumbline', '--region', 'eu-west-1'], /^Plumbline does not govern eu-west-1/],
    [['--stack', 'Plumbline', '--account', '999999999999'], /does not govern account 999999999999/],
    [['--stack', 'Plumbline', '--organizational-unit', 'r-ab12'], /knows no organizational units/],
    [
      ['--stack', 'Plumbline', '--tag', 'env'],
      /^--tag is env, and Plumbline keeps no tags: name env under reportTags/,
    ],
    [['--stack', 'Plumbline', '--scan', 'a.json'], /--scan does not go with/],
    [['--stack', ' '], /--stack is empty; give a name/],
  ])('refuses %j with a sentence', async (args, said) => {
    const ran = await cli('report', '--standard', 'fsbp-1.0.0', ...args);
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toMatch(said);
  });
});
