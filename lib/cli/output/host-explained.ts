import type { HostControl } from '../../hosts/control.ts';
import { references } from '../../hosts/references.ts';
import { paint } from '../../reports/paint.ts';
import { parameterLines, section } from './explained.ts';
import { describedHost, fixWords } from './host-described.ts';

const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`);

const fixLines = (control: HostControl): readonly string[] => {
  const { advice, document, fixedWhere = [] } = { fixedWhere: [], ...describedHost(control) };
  if (document === undefined) return [advice];
  const where = fixedWhere.length > 0 ? `, on hosts with: ${fixedWhere.join(', ')}` : '';
  return [advice, `By ${document}, ${fixWords(control)}${where}`];
};

const sources = (control: HostControl): readonly string[] =>
  Object.entries(references).flatMap(([id, title]) => {
    const items = Object.entries(control.references).find(([key]) => key === id)?.[1];
    return items ? [`${title}: ${items.join(', ')}`] : [];
  });

/** A host control for people. */
export const explainedHost = (control: HostControl): string => {
  const { where, expected } = describedHost(control);
  return [
    paint.bold(`${control.id}  ${control.title}`),
    `${control.severity} on hosts, area ${control.area}`,
    '',
    control.rationale,
    ...section('Expected', indented(expected)),
    ...section('What to do', indented(fixLines(control))),
    ...section('Parameters', parameterLines(control)),
    ...section('Evaluated only on hosts with', indented(where)),
    ...section('References', indented(sources(control))),
  ].join('\n');
};
