import type { Baseline } from '../../../engine/baseline/baseline.ts';
import type { Control } from '../../../model/control.ts';
import { paint } from '../../../reports/paint.ts';
import { columnsOf, wrap } from '../../../reports/wrap.ts';
import { plural } from '../../../support/plural.ts';
import { runAs } from '../../../support/run-as.ts';
import { type Elsewhere, elsewhereLines } from '../../elsewhere.ts';
import type { Asked } from './scan-options.ts';

export interface Unseen {
  readonly asked: Asked;
  readonly all: readonly Control[];
  readonly evaluated: readonly Control[];
  readonly baseline: Baseline;
  readonly elsewhere: Elsewhere | undefined;
}

const filters = [
  'controls',
  'severities',
  'services',
  'resourceTypes',
  'resources',
  'tags',
] as const;
const narrowings = (asked: Asked): readonly string[] =>
  filters.some((name) => asked[name].length > 0) || asked.standard !== undefined
    ? ['what the options leave out']
    : [];

/** What nobody may take for clean: it was not looked at. */
export const unseenText = ({ asked, all, evaluated, baseline, elsewhere }: Unseen): string => {
  const unused = all.filter(({ id }) => !Object.hasOwn(baseline.controls, id));
  const idle = unused.filter((control) => control.onlyWhereRemediating === true).length;
  const off = unused.length - idle;
  const lines = [
    ...(elsewhere ? elsewhereLines(elsewhere) : []),
    ...(off > 0 ? [`${plural(off, 'control')} that the baseline turns off`] : []),
    ...(idle > 0
      ? [`${plural(idle, 'control')} about remediation: no control has the mode remediate`]
      : []),
    ...narrowings(asked),
    'hosts: their own audits evaluate them, see docs/guide/hosts.md',
    `services that no control evaluates: ${runAs('controls')} lists those that one does`,
    ...(evaluated.length < all.length
      ? [`this scan evaluated ${evaluated.length} of ${plural(all.length, 'control')}`]
      : []),
  ];
  const width = (columnsOf(process.stdout) ?? 100_000) - 2;
  const wrapped = lines.flatMap((line) =>
    wrap(line, width).map((part, index) => (index === 0 ? part : `  ${part}`)),
  );
  return ['Not looked at', ...wrapped.map((line) => `  ${paint.dim(line)}`)].join('\n');
};
