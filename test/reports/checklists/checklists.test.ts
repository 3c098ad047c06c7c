import { everyControl } from '../../../lib/controls/every.ts';
import { securityHubNumbers } from '../../../lib/controls/security-hub-ids.generated.ts';
import { hostControls } from '../../../lib/hosts/index.ts';
import { checklistMarkdown } from '../../../lib/reports/checklists/checklist-markdown.ts';
import { checklistText } from '../../../lib/reports/checklists/checklist-text.ts';
import { itemsOf } from '../../../lib/reports/checklists/outcome.ts';
import { postDeployment } from '../../../lib/reports/checklists/post.ts';
import { preDeployment } from '../../../lib/reports/checklists/pre.ts';
import type { RecordedResult } from '../../../lib/reports/compliance/record.ts';
import { reportOf } from '../../../lib/reports/compliance/report.ts';
import { exemption, frameworkOf, requirement, result, scanOf } from '../compliance/sample.ts';
import { hostile } from '../formats/sample-report.ts';

const catalogue = new Set<string>([...everyControl, ...hostControls].map(({ id }) => id));
const isSecurityHubs = (id: string): boolean => {
  const [service = '', number = ''] = id.split('.');
  return securityHubNumbers[service]?.split(' ').includes(number) ?? false;
};

describe.each([preDeployment, postDeployment])('the checklist $id', (list) => {
  it('has each item once, with a title, in a section', () => {
    const ids = list.requirements.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(list.requirements.filter(({ title }) => !title)).toEqual([]);
    expect(ids.filter((id) => !Object.hasOwn(list.sections, id.split('.')[0] ?? ''))).toEqual([]);
  });
  it('names only controls that the catalogue or Security Hub has', () => {
    const named = Object.values(list.controls ?? {}).flat();
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((id) => !catalogue.has(id) && !isSecurityHubs(id))).toEqual([]);
  });
});

const reportFrom = (results: readonly RecordedResult[], passed: Readonly<Record<string, number>>) =>
  reportOf({
    plumbline: '0.1.0',
    sources: [{ scan: scanOf(results, passed), sha256: '' }],
    frameworks: [
      frameworkOf([
        requirement('1', ['F.1'], { title: 'fails' }),
        requirement('2', ['P.1'], { title: 'passes' }),
        requirement('3', ['P.1', 'PL.SSH.1'], { title: 'half of it was looked at' }),
        requirement('4', ['N.1'], { title: 'nothing is there' }),
        requirement('5', ['PL.SSH.1'], { title: 'on hosts' }),
        requirement('6', [], { title: 'people', kind: 'manual' }),
        requirement('7', [], { title: 'nobody yet', missing: ['ECS.1'] }),
        requirement('8', ['E.1'], { title: 'exempted' }),
        requirement('9', ['U.1'], { title: 'unknown' }),
      ]),
    ],
    attestations: [],
    about: () => ({ title: '', severity: '', advice: '', url: '' }),
  });
const now = reportFrom(
  [
    result({ control: 'F.1' }),
    result({ control: 'E.1', exemption }),
    result({ control: 'U.1', status: 'UNKNOWN' }),
  ],
  { 'P.1': 1, 'N.1': 0 },
);

describe('an item', () => {
  const items = itemsOf(now, reportFrom([], { 'F.1': 1, 'P.1': 1 }));
  it('is done only where all of it was looked at', () => {
    expect(items.map(({ title, outcome, before }) => [title, outcome, before])).toEqual([
      ['fails', 'not done', 'done'],
      ['passes', 'done', 'done'],
      ['half of it was looked at', 'cannot tell', 'cannot tell'],
      ['nothing is there', 'not applicable', 'cannot tell'],
      ['on hosts', 'cannot tell', 'cannot tell'],
      ['people', 'to attest', 'to attest'],
      ['nobody yet', 'no control yet', 'no control yet'],
      ['exempted', 'exempted', 'cannot tell'],
      ['unknown', 'cannot tell', 'cannot tell'],
    ]);
  });
  it('that a person attests is not done where controls looked at a part of it', () => {
    const outcomeOf = (isPart: boolean) => {
      const frameworks = now.frameworks.map((framework) => ({
        ...framework,
        requirements: framework.requirements.map((each) => ({
          ...each,
          status: 'ATTESTED' as const,
          isPart,
        })),
      }));
      return itemsOf({ ...now, frameworks })[0]?.outcome;
    };
    expect([outcomeOf(true), outcomeOf(false)]).toEqual(['cannot tell', 'done']);
  });
  it('says in a terminal which resources, what was not evaluated and how it was', () => {
    const text = checklistText('House rules', items);
    for (const line of [
      '✗ not done  1  fails, was done',
      '    F.1 arn:aws:s3:::invoices (us-east-1): the bucket has no public access block',
      '✓ done  2  passes',
      '    not evaluated: PL.SSH.1',
      '– no control yet  7  nobody yet',
      '1 done, 1 not done, 1 exempted, 1 not applicable, 3 cannot tell, 1 to attest, 1 no control yet',
    ])
      expect(text.split('\n')).toContain(line);
  });
  it('has a tick in Markdown only where it is done or does not apply', () => {
    const text = checklistMarkdown('House rules', items);
    expect(text.match(/^- \[x\] .*$/gm)).toEqual([
      '- [x] 2 passes: **done**',
      '- [x] 4 nothing is there: **not applicable**, was cannot tell',
    ]);
    expect(text).toContain('- [ ] 1 fails: **not done**, was done\n  - F.1 arn:aws:s3:::invoices');
  });
  it.each(Object.entries(hostile))('shows a resource as a text: %s', (_, text) => {
    const report = reportFrom([result({ control: 'F.1', arn: text, reason: text })], {});
    const shown = itemsOf(report);
    expect(checklistText('x', shown)).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|\p{Cs}/u);
    const markdown = checklistMarkdown('x', shown);
    expect(markdown).not.toMatch(/<|https?:\/\/|@everyone|\]\(/);
    expect(markdown.split('\n').filter((line) => line.startsWith('#'))).toEqual(['### x']);
  });
});
