import { existsSync, readFileSync } from 'node:fs';
import { allControls } from '../lib/controls/index.ts';
import { parseBaseline } from '../lib/engine/baseline/baseline.ts';

const readme = readFileSync('README.md', 'utf8');
const blocks = [...readme.matchAll(/```(\w*)\n([\s\S]*?)```/g)].map(([, language, text = '']) => ({
  language,
  text,
}));
const example = blocks.find(({ language }) => language === 'yaml')?.text ?? '';

describe('the README', () => {
  it('shows a baseline that is right', async () => {
    const baseline = parseBaseline(example, 'plumbline.yaml', await allControls());
    expect(baseline.controls['IAM.3']?.parameters).toMatchObject({ maxAgeDays: 60 });
    expect(baseline.controls).not.toHaveProperty(['S3.9']);
    expect(baseline.exemptions).toHaveLength(1);
  });

  it('shows a mistake as it is told', async () => {
    const mistaken = example.replace('maxAgeDays: 60', 'maxAgeDays: 0');
    const controls = await allControls();
    const told = blocks.find(({ text }) => text.startsWith('plumbline.yaml:'))?.text.trim();
    expect(() => parseBaseline(mistaken, 'plumbline.yaml', controls)).toThrow(told);
  });

  it('links to files that are there', () => {
    const links = [...readme.matchAll(/\]\(([^):]+)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(link))).toEqual([]);
  });
});
