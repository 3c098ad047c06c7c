import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { allControls } from '../../lib/controls/index.ts';
import { defaultBaseline } from '../../lib/engine/baseline/baseline.ts';
import { changeBetween } from '../../lib/reports/declared/declared-change.ts';
import { declaredChange } from '../../lib/reports/declared/declared-text.ts';
import { checkFiles } from '../../lib/templates/check/check-files.ts';

it('calls nothing put right of a file that cannot be read any more', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-change-'));
  const file = join(folder, 'a.yaml');
  const baseline = defaultBaseline(await allControls());
  const checked = (text: string) => {
    writeFileSync(file, text);
    return checkFiles({
      paths: [folder],
      baseline,
      at: new Date('2026-06-15T12:00:00Z'),
      isExplicit: false,
      wanted: ({ id }) => id === 'S3.14',
      deployment: {
        account: '111122223333',
        region: 'us-east-1',
        partition: 'aws',
        stackName: 'stack',
        parameters: {},
      },
    });
  };
  const bucket = 'Resources:\n  A:\n    Type: AWS::S3::Bucket\n';
  const before = await checked(bucket);
  const changeTo = async (text: string) => {
    const after = await checked(text);
    return stripVTControlCharacters(
      declaredChange(
        changeBetween(before, after, ({ verdict }) => verdict.status === 'FAIL'),
        after,
      ),
    );
  };
  const broken = await changeTo(`${bucket}    Properties: [`);
  const right = await changeTo(
    `${bucket}    Properties: {VersioningConfiguration: {Status: Enabled}}`,
  );
  rmSync(folder, { recursive: true });
  expect(broken).toContain(`${file}  unknown now  S3.14  A (AWS::S3::Bucket)\n`);
  expect(right).toContain(`${file}  no longer  S3.14  A (AWS::S3::Bucket)\n`);
});
