import { someOf } from '../../support/some-of.ts';
import type { CheckResult } from '../../templates/check/check-files.ts';
import type { Located, ReportedControl } from '../../templates/check/located.ts';
import { ofOneRank, type Ranked, rankOf } from '../result.ts';

/** A verdict on what a file declares, as a report shows it. */
export interface DeclaredResult extends Ranked {
  readonly located: Located;
}
export type { CheckResult, Located, ReportedControl };

const resultOf = (located: Located): DeclaredResult => {
  const {
    control,
    resourceType,
    region = '',
    id,
    arn = id,
    verdict,
    priority,
    exemption,
  } = located;
  const place = { resourceType, region, id, arn };
  return { located, control, ...place, verdict, priority, ...(exemption ? { exemption } : {}) };
};

const inFile = (a: Located, b: Located): number =>
  a.file === b.file ? a.range.line - b.range.line : a.file < b.file ? -1 : 1;

/** What is to be looked at first stands first. */
export const inOrder = (all: readonly Located[]): readonly DeclaredResult[] =>
  all
    .map((one) => {
      const result = resultOf(one);
      return { result, rank: rankOf(result) };
    })
    .toSorted(
      (a, b) =>
        a.rank - b.rank ||
        ofOneRank(a.result, b.result) ||
        inFile(a.result.located, b.result.located),
    )
    .map(({ result }) => result);

/** What a verdict rests on beside what is declared. */
export const conditionsOf = ({
  when,
  softDefaults,
  byDefault,
  notes,
}: Located): readonly string[] => [
  ...(when.length > 0 ? [`when ${someOf(when)}`] : []),
  ...(softDefaults.length > 0 ? [`with default ${softDefaults.join(', ')}`] : []),
  ...(byDefault.length > 0 ? [`by AWS's default, not declared: ${byDefault.join(', ')}`] : []),
  ...notes,
];

/** `versioning is suspended (when Env is dev)` */
export const sentenceOf = (located: Located): string => {
  const { verdict, control } = located;
  const said = 'reason' in verdict ? verdict.reason : control.title;
  const more = conditionsOf(located);
  return more.length > 0 ? `${said} (${more.join('; ')})` : said;
};

export const isOpenFailure = ({ verdict, exemption }: Pick<Located, 'verdict' | 'exemption'>) =>
  verdict.status === 'FAIL' && exemption === undefined;

/** Where a person changes it: what an app of the CDK makes is made in the app, as far as that is known. */
export const sourcePlaceOf = ({ file, range, madeAt }: Located) => {
  if (madeAt && !madeAt.file.startsWith('..'))
    return { ...madeAt, endLine: madeAt.line, endColumn: madeAt.column + 1 };
  return { file, ...range };
};
