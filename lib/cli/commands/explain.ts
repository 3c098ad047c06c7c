import { allControls, controlsIn } from '../../controls/index.ts';
import type { Control } from '../../model/control.ts';
import { standards } from '../../model/standards.ts';
import { paint } from '../../reports/paint.ts';
import { namedIn } from '../../support/named-in.ts';
import { printedJson } from '../../support/printed-json.ts';
import { parsed } from '../arguments.ts';
import type { Command } from '../command.ts';
import { controlNamed } from '../control-named.ts';
import { described } from '../output/described.ts';
import { parameterLines, section } from '../output/explained.ts';

const usage = `Usage: plumbline explain <control> [--json]

Shows what a control asks for and why, what to do about a failure, its parameters, and what it reads.

  --json  as JSON

Exit code: 0 shown, 2 there is no such control.
Example: plumbline explain S3.8`;

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

/** What is said of a control, as data and as text. */
type Explained = readonly [plain: unknown, text: string];

/** The service's own folder is looked into first: a word on one control needs no other. */
const nearby = async (id: string): Promise<Explained | undefined> => {
  const [first = '', second = ''] = id.toLowerCase().split('.');
  const load = namedIn(controlsIn, first === 'pl' ? second : first);
  const control = (await load?.())?.find((each) => each.id.toLowerCase() === id.toLowerCase());
  return control && [described(control), explained(control)];
};
const anywhere = async (id: string): Promise<Explained> => {
  const [hosts, { hostAnswers }, { describedHost }, { explainedHost }, manifests, manifest] = [
    await import('../../hosts/index.ts'),
    await import('../../pipeline/hosts/host-controls.ts'),
    await import('../output/host-described.ts'),
    await import('../output/host-explained.ts'),
    await import('../../manifests/index.ts'),
    await import('../output/manifest-described.ts'),
  ];
  const elsewhere = [...hosts.hostControls, ...manifests.manifestControls];
  const control = controlNamed([...(await allControls()), hostAnswers, ...elsewhere], id);
  if ('on' in control)
    return [manifest.describedManifest(control), manifest.explainedManifest(control)];
  return 'check' in control
    ? [describedHost(control), explainedHost(control)]
    : [described(control), explained(control)];
};

export const explain: Command = async (argv) => {
  const args = parsed(argv, { json: { type: 'boolean' } }, usage, 1);
  if (!args) return 0;
  const [id = ''] = args.positionals;
  const [plain, text] = (await nearby(id)) ?? (await anywhere(id));
  console.log(args.values.json ? printedJson(plain) : text);
  return 0;
};
