import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { manifestControls } from '../../lib/manifests/index.ts';
import { findControls } from '../../scripts/catalogue.ts';
import { generated, outdated } from '../../scripts/generated/generated.ts';
import { longTest, sampled } from '../extent.ts';
import { smallRepository } from './copy.ts';

const control = (
  exports: string,
) => `import { iamAccount } from '../../resources/account/iam-account.ts';
import { defineControl, pass } from '../../model/control.ts';
const made = () => defineControl(iamAccount, {
  id: 'PL.IAM.1',
  title: 'Made',
  severity: 'LOW',
  rationale: 'Made for a test.',
  standards: {},
  needs: ['publicAccessBlock'],
  evaluate: () => pass,
  remediation: { advice: 'None.', url: 'https://example.com/' },
});
${exports}
`;

describe('npm run generate', () => {
  let root = '';
  beforeEach(() => {
    root = smallRepository();
  });
  afterEach(() => rmSync(root, { recursive: true }));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const generateAll = async () => {
    const files = await generated(root);
    for (const [file, text] of files) write(file, text);
    return files;
  };

  longTest(
    'writes the indexes, a page for each control and the tables of the services, and tells what is out of date',
    async () => {
      write('lib/controls/iam/made-here.ts', control('export const madeHere = made();'));
      const files = await generateAll();

      const ofManifests = manifestControls.map(({ id }) => `docs/controls/${id}.md`);
      expect([...files.keys()]).toEqual(expect.arrayContaining(ofManifests));
      const others = [...files.keys()].filter((file) => !ofManifests.includes(file));
      expect(others.toSorted()).toEqual([
        'docs/controls/PL.IAM.1.md',
        'docs/controls/S3.8.md',
        'docs/reference/controls/README.md',
        'docs/reference/controls/iam.md',
        'docs/reference/controls/s3.md',
        'docs/reference/coverage.md',
        'docs/reference/manifests.md',
        'docs/reference/templates.md',
        'lib/controls/every.ts',
        'lib/controls/iam/index.ts',
        'lib/controls/index.ts',
        'lib/controls/s3/index.ts',
        'lib/controls/security-hub-ids.generated.ts',
        'lib/reports/frameworks/missing.generated.ts',
        'lib/resources/every.ts',
        'lib/resources/index.ts',
        'lib/services/actions.generated.ts',
        'lib/services/every.ts',
        'lib/services/index.ts',
        'lib/templates/declared/every-type.generated.ts',
        'test/controls/apply/index.ts',
      ]);
      expect(files.get('docs/reference/controls/iam.md')).toMatch(
        /^# Controls of iam\n\n\| Control \|.*\n\| --- .*\n\| \[PL\.IAM\.1\]\(\.\.\/\.\.\/controls\/PL\.IAM\.1\.md\) \| Made \| LOW \| .*\n$/,
      );
      expect(files.get('docs/reference/controls/README.md')).toMatch(
        /^# Controls\n\n2 controls on AWS resources[\s\S]*\| \[s3\]\(s3\.md\) \| 1 \| 0 \| 1 \| `AWS::S3::Bucket` \|/,
      );
      expect(files.get('lib/controls/index.ts')).toContain(
        "'Plumbline::IAM::Account': () => evaluating('Plumbline::IAM::Account', [iam]),",
      );
      expect(files.get('docs/controls/S3.8.md')).toMatch(/`s3:PutBucketPublicAccessBlock`/);
      expect(await outdated(root, files)).toEqual({ stale: [], removed: [] });

      // And it tells what is out of date, and what is left of a control that is no more.
      write('docs/controls/GONE.1.md', '');
      write('docs/reference/controls/gone.md', '');
      write('lib/controls/s3/index.ts', '// changed by hand\n');
      expect(await outdated(root, files)).toEqual({
        stale: ['lib/controls/s3/index.ts'],
        removed: ['docs/controls/GONE.1.md', 'docs/reference/controls/gone.md'],
      });
    },
    30_000,
  );

  const wrong: Record<string, [exports: string, sentence: RegExp]> = {
    'exports no control': [
      'export const madeHere = 1;',
      /^lib\/controls\/iam\/made-here\.ts: exports no control;/,
    ],
    'exports it under another name': [
      'export const madeThere = made();',
      /^lib\/controls\/iam\/made-here\.ts: exports madeThere; after its file it is madeHere$/,
    ],
    'exports two': [
      'export const madeHere = made();\nexport const madeThere = made();',
      /^lib\/controls\/iam\/made-here\.ts: exports two controls; a control has its own file$/,
    ],
  };
  it.each(sampled(Object.entries(wrong), { quick: 2 }))(
    'refuses a file that %s',
    async (_, [exports, sentence]) => {
      write('lib/controls/iam/made-here.ts', control(exports));
      await expect(findControls(root)).rejects.toThrow(sentence);
    },
  );

  it('leaves out what controls share', async () => {
    renameSync(join(root, 'lib/controls/s3'), join(root, 'lib/controls/storage'));
    expect([...(await findControls(root)).keys()]).toEqual(['storage']);
  });
});
