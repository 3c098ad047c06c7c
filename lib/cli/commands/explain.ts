import { allControls } from '../../controls/index.ts';
import { hostControls } from '../../hosts/index.ts';
import type { Control } from '../../model/control.ts';
import { standards } from '../../model/standards.ts';
import { hostAnswers } from '../../pipeline/hosts/host-controls.ts';
import { paint } from '../../reports/paint.ts';
import { nearest } from '../../support/nearest.ts';
import { UserError } from '../../support/user-error.ts';
import { parsed } from '../arguments.ts';
import type { Command } from '../command.ts';
import { described } from '../output/described.ts';
import { parameterLines, section } from '../output/explained.ts';
import { describedHost } from '../output/host-described.ts';
import { explainedHost } from '../output/host-explained.ts';

const usage = `Usage: plumbline explain <control> [--json]

  --json  as JSON`;

export const controlNamed = <C extends { readonly id: string }>(
  controls: readonly C[],
  id: string,
): C => {
  const control = controls.find((each) => each.id.toLowerCase() === id.toLowerCase());
  if (control) return control;
  const near = nearest(
    id,
    controls.map((each) => each.id),
  );
  throw new UserError(
    `there is no control ${id}; ${near ? `did you mean ${near}?` : 'plumbline controls lists them'}`,
  );
};

const requirements = (control: Control): string[] =>
  Object.entries(standards).flatMap(([id, title]) => {
    const numbers = Object.entries(control.standards).find(([key]) => key === id)?.[1];
    return numbers ? [`  ${title}: ${numbers.join(', ')}`] : [];
  });
const reads = (control: Control): string[] =>
  control.resources.flatMap((type) =>
    control.needs.map(
      (need) => `  ${type.type} ${need}: ${type.facets[need]?.actions.join(', ') || 'no call'}`,
    ),
  );

const explained = (control: Control): string =>
  [
    paint.bold(`${control.id}  ${control.title}`),
    `${control.severity} on ${control.resources.map(({ type }) => type).join(', ')}`,
    '',
    control.rationale,
    ...section('What to do', [`  ${control.remediation.advice}`, `  ${described(control).url}`]),
    ...section('Parameters', parameterLines(control)),
    ...section('Standards', requirements(control)),
    ...section('Reads', reads(control)),
  ].join('\n');

export const explain: Command = async (argv) => {
  const args = parsed(argv, { json: { type: 'boolean' } }, usage, 1);
  if (!args) return 0;
  const [id = ''] = args.positionals;
  const control = controlNamed([...(await allControls()), hostAnswers, ...hostControls], id);
  const [plain, text] =
    'check' in control
      ? [describedHost(control), explainedHost(control)]
      : [described(control), explained(control)];
  console.log(args.values.json ? JSON.stringify(plain, undefined, 2) : text);
  return 0;
};
