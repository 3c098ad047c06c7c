import type { Severity } from '../../model/control.ts';
import { harmless } from '../../support/harmless.ts';
import {
  type CheckResult,
  inOrder,
  isOpenFailure,
  type Located,
  sentenceOf,
  sourcePlaceOf,
} from './declared-result.ts';

/** https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions */
const commands: Readonly<Record<Severity, 'error' | 'warning' | 'notice'>> = {
  CRITICAL: 'error',
  HIGH: 'error',
  MEDIUM: 'warning',
  LOW: 'notice',
};
/** The log shows it too, and a terminal where somebody asks for it there. */
const data = (text: string): string =>
  harmless(text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'));
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const line = (one: Located): string => {
  const { control } = one;
  const { file, line: first, endLine, column } = sourcePlaceOf(one);
  const where = `file=${property(file)},line=${first},endLine=${endLine},col=${column}`;
  const title = property(`${control.id} ${one.name}`);
  return `::${commands[control.severity]} ${where},title=${title}::${data(sentenceOf(one))}`;
};

/** Annotations of a workflow's run; GitHub shows ten of each level a step, the first ones. */
export const declaredGithub = ({ located, problems, warnings }: CheckResult): string =>
  [
    ...problems.map(({ file, message }) => `::error file=${property(file)}::${data(message)}`),
    ...warnings.map(({ file, message }) => `::warning file=${property(file)}::${data(message)}`),
    ...inOrder(located.filter(isOpenFailure)).map((one) => line(one.located)),
  ].join('\n');
