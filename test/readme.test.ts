import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { allControls } from '../lib/controls/index.ts';
import { parseBaseline } from '../lib/engine/baseline/baseline.ts';

const blocksOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/```(\w*)\n([\s\S]*?)```/g)].map(
    ([, language, text = '']) => ({ language, text }),
  );
const exampleIn = (file: string) =>
  blocksOf(file).find(({ language }) => language === 'yaml')?.text ?? '';
const guide = 'docs/guide/baseline.md';

const pages = [
  ...['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...readdirSync('docs', { recursive: true })
    .map((file) => `docs/${file}`)
    .filter((file) => file.endsWith('.md')),
];
/** GitHub's name of a heading. */
const anchorsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );

describe('the documentation', () => {
  it('shows baselines that are right', async () => {
    const controls = await allControls();
    const short = parseBaseline(exampleIn('README.md'), 'plumbline.yaml', controls);
    expect(short.controls['S3.8']?.mode).toBe('remediate');
    expect(short.exemptions).toHaveLength(1);
    const baseline = parseBaseline(exampleIn(guide), 'plumbline.yaml', controls);
    expect(baseline.controls['IAM.3']?.parameters).toMatchObject({ maxAgeDays: 60 });
    expect(baseline.controls).not.toHaveProperty(['S3.9']);
    expect(baseline.exemptions).toHaveLength(1);
  });

  it('shows a mistake as it is told', async () => {
    const mistaken = exampleIn(guide).replace('maxAgeDays: 60', 'maxAgeDays: 0');
    const controls = await allControls();
    const told = blocksOf(guide).find(({ text }) => text.startsWith('plumbline.yaml:'));
    expect(() => parseBaseline(mistaken, 'plumbline.yaml', controls)).toThrow(told?.text.trim());
  });

  it('has a README of at most 150 lines', () => {
    expect(readFileSync('README.md', 'utf8').split('\n').length).toBeLessThanOrEqual(150);
  });

  it('says no command that would run another project of the same name', () => {
    const sources = ['lib', 'bin', 'scripts', 'lambdas'].flatMap((folder) =>
      readdirSync(folder, { recursive: true })
        .map((file) => `${folder}/${file}`)
        .filter((file) => /\.(ts|mjs|sh)$/.test(file)),
    );
    const risky = /(npx|npm exec|npm (i|install)( -g)?|yarn dlx|pnpm dlx) (--yes )?plumbline\b/;
    const warning = 'and `npx plumbline`\nin another folder';
    const found = [...pages, ...sources].filter((file) =>
      risky.test(readFileSync(file, 'utf8').replace(warning, '')),
    );
    expect(found).toEqual([]);
  });

  it('links to files and headings that are there', () => {
    const broken = pages.flatMap((page) =>
      [...readFileSync(page, 'utf8').matchAll(/\]\(([^):]+)\)/g)].flatMap(([, link = '']) => {
        const [path = '', anchor] = link.split('#');
        const target = path === '' ? page : normalize(join(dirname(page), path));
        const isThere =
          existsSync(target) && (anchor === undefined || anchorsOf(target).includes(anchor));
        return isThere ? [] : [`${page}: ${link}`];
      }),
    );
    expect(broken).toEqual([]);
  });
});
