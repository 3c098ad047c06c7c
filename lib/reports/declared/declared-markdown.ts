import { plural } from '../../support/plural.ts';
import { markdownText } from '../formats/markdown.ts';
import {
  type CheckResult,
  inOrder,
  isOpenFailure,
  type Located,
  sentenceOf,
  sourcePlaceOf,
} from './declared-result.ts';
import { declaredSummary } from './declared-text.ts';

/** The summary of a step of GitHub holds 1 MiB. */
const most = 200;

const rowOf = (one: Located): string => {
  const { control, construct, name } = one;
  const { file, line } = sourcePlaceOf(one);
  const cells = [
    control.severity.toLowerCase(),
    markdownText(control.id),
    markdownText(`${file}:${line}`),
    markdownText(construct ?? name),
    markdownText(sentenceOf(one)),
  ];
  return `| ${cells.join(' | ')} |`;
};

const listOf = (title: string, sentences: readonly string[]): readonly string[] =>
  sentences.length === 0
    ? []
    : [
        '',
        title,
        '',
        ...sentences.slice(0, most).map((one) => `- ${markdownText(one)}`),
        ...(sentences.length > most ? [`- and ${sentences.length - most} more`] : []),
      ];

/** What failed, as a table of Markdown: for the summary of a pipeline, or a comment. */
export const declaredMarkdown = (result: CheckResult): string => {
  const failed = inOrder(result.located.filter(isOpenFailure)).map(({ located }) => located);
  const more = failed.length - most;
  const table = [
    '| Severity | Control | Where | What | Why |',
    '| --- | --- | --- | --- | --- |',
    ...failed.slice(0, most).map(rowOf),
    ...(more > 0 ? ['', `${plural(more, 'other')} in the other formats.`] : []),
  ];
  return [
    '## Plumbline',
    '',
    declaredSummary(result),
    ...(failed.length > 0 ? ['', ...table] : []),
    ...listOf(
      'Could not be read:',
      result.problems.map(({ message }) => message),
    ),
    ...listOf(
      'Counts for nothing, or was not evaluated:',
      result.warnings.map(({ message }) => message),
    ),
  ].join('\n');
};
