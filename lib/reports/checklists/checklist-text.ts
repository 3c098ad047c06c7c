import { visible } from '../formats/visible.ts';
import { paint } from '../paint.ts';
import { wrap } from '../wrap.ts';
import { countsOf, type ItemOutcome, type Outcome } from './outcome.ts';

const marks: Readonly<Record<Outcome, string>> = {
  done: '✓',
  'not done': '✗',
  exempted: '◐',
  'not applicable': '○',
  'cannot tell': '?',
  'to attest': '✎',
  'no control yet': '–',
};
const paintOf = (outcome: Outcome): ((text: string) => string) => {
  if (outcome === 'done') return paint.green;
  if (outcome === 'not done') return paint.red;
  return outcome === 'not applicable' ? paint.dim : paint.yellow;
};
const most = 5;
const resourceLines = ({ resources }: ItemOutcome): readonly string[] => [
  ...resources
    .slice(0, most)
    .map(
      ({ control, arn, region, reason = '', exemption }) =>
        `${control} ${visible(arn)} (${visible(region)}): ${visible(reason)}${exemption ? `; ${visible(exemption.owner)} answers for it until ${exemption.expires.slice(0, 10)}` : ''}`,
    ),
  ...(resources.length > most ? [`and ${resources.length - most} more`] : []),
];

const itemLines = (item: ItemOutcome, columns: number): readonly string[] => {
  const { id, title, outcome, before, why } = item;
  const was = before === undefined || before === outcome ? '' : `, was ${before}`;
  const head = `${paintOf(outcome)(`${marks[outcome]} ${outcome}`)}  ${id}  ${visible(title)}${was}`;
  const beneath = [...(why === '' ? [] : [visible(why)]), ...resourceLines(item)];
  return [
    head,
    ...beneath.flatMap((line) => wrap(line, columns - 4).map((part) => `    ${paint.dim(part)}`)),
  ];
};

/** A checklist for a terminal. */
export const checklistText = (
  title: string,
  items: readonly ItemOutcome[],
  columns = 100_000,
): string => {
  const sections = [...new Set(items.map(({ section }) => section))];
  return [
    title,
    ...sections.flatMap((section) => [
      '',
      paint.bold(section),
      ...items
        .filter((item) => item.section === section)
        .flatMap((item) => itemLines(item, columns)),
    ]),
    '',
    countsOf(items),
  ].join('\n');
};
