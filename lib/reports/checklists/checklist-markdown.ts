import { markdownText } from '../formats/markdown.ts';
import { countsOf, type ItemOutcome } from './outcome.ts';

const most = 5;
const lineOf = ({ id, title, outcome, before, why, resources }: ItemOutcome): string => {
  const box = outcome === 'done' || outcome === 'not applicable' ? '[x]' : '[ ]';
  const was = before === undefined || before === outcome ? '' : `, was ${before}`;
  const listed = resources
    .slice(0, most)
    .map(({ control, arn, reason = '' }) => markdownText(`${control} ${arn}: ${reason}`));
  const more = resources.length > most ? [`and ${resources.length - most} more`] : [];
  return [
    `- ${box} ${markdownText(id)} ${markdownText(title)}: **${outcome}**${was}${why === '' ? '' : `; ${markdownText(why)}`}`,
    ...[...listed, ...more].map((each) => `  - ${each}`),
  ].join('\n');
};

/** A checklist for a pull request. */
export const checklistMarkdown = (title: string, items: readonly ItemOutcome[]): string =>
  `${[`### ${markdownText(title)}`, '', ...items.map(lineOf), '', `${countsOf(items)}.`].join(
    '\n',
  )}\n`;
