import { withoutPolicy } from '../../lib/controls/policies/shared/evaluated-types.ts';
import { hostControls } from '../../lib/hosts/index.ts';
import type { Control } from '../../lib/model/control.ts';
import { frameworks } from '../../lib/reports/frameworks/index.ts';
import {
  type Framework,
  type KnownControl,
  type Missing,
  type Requirement,
  resolveFramework,
} from '../../lib/reports/frameworks/resolve.ts';
import { table } from '../markdown.ts';
import { isAnsweredBy, securityHubControls } from '../security-hub-controls.ts';

const onHosts: readonly KnownControl[] = hostControls.map(({ references, ...control }) => ({
  ...control,
  standards: references,
}));

/** As the generated table, which may be older than the catalogue. */
const missingBeside = (controls: readonly Control[]): Missing => {
  const ours = new Set<string>(controls.map(({ id }) => id));
  return Object.fromEntries(
    securityHubControls()
      .filter(({ id }) => !isAnsweredBy(ours, id))
      .map(({ id, standards }) => [
        id,
        Object.fromEntries(
          Object.entries(standards).map(([standard, ids]) => [standard, ids.join(' ')]),
        ),
      ]),
  );
};

// A list of sixty controls helps nobody.
const most = 6;
const listed = (ids: readonly string[]): string =>
  ids.length > most
    ? `${ids.slice(0, most).join(', ')} and ${ids.length - most} more`
    : ids.join(', ');

const whyNot = ({ kind, missing, controls }: Requirement): string => {
  const elsewhere = `Security Hub's ${listed(missing)}`;
  if (controls.length > 0) return missing.length > 0 ? `not yet: ${elsewhere}` : '';
  if (missing.length > 0) return `not yet; evaluated elsewhere: ${elsewhere}`;
  return kind === 'manual' ? 'manual: people attest it' : 'not yet';
};
const row = (requirement: Requirement): readonly string[] => [
  requirement.id,
  requirement.level ?? '',
  listed(requirement.controls),
  [requirement.kind === 'shared' ? 'and people attest it' : '', whyNot(requirement)]
    .filter((part) => part !== '')
    .join('; '),
];

const countsOf = ({ title, requirements }: Framework): readonly string[] => {
  const evaluated = requirements.filter(({ controls }) => controls.length > 0);
  const whole = evaluated.filter(({ missing }) => missing.length === 0);
  const open = requirements.filter(({ controls }) => controls.length === 0);
  const manual = open.filter(({ kind, missing }) => kind === 'manual' && missing.length === 0);
  return [
    title,
    ...[
      requirements.length,
      whole.length,
      evaluated.length - whole.length,
      manual.length,
      open.length - manual.length,
    ].map(String),
  ];
};

const isOnHosts = ({ id }: Framework): boolean => /debian|ubuntu/.test(id);

/** The policy of a resource says whom it lets in, that of a role who may assume it. */
const ownPolicies = ['policy', 'trustPolicy'] as const;
const policyOf = (control: Control, type: string): boolean =>
  control.resources.some(
    (one) =>
      one.type === type &&
      ownPolicies.some((facet) => facet in one.facets && control.needs.includes(facet)),
  );

const listedIds = (controls: readonly Control[]): string =>
  controls
    .map(({ id }) => id)
    .toSorted()
    .join(', ');

/** Which controls evaluate the policies of resources, by type; and what has none. */
const policySection = (controls: readonly Control[]): readonly string[] => {
  const types = [
    ...new Set(controls.flatMap(({ resources }) => resources.map(({ type }) => type))),
  ];
  const rows = types
    .map((type) => [type, controls.filter((control) => policyOf(control, type))] as const)
    .filter(([, evaluating]) => evaluating.length > 0)
    .map(([type, evaluating]) => [`\`${type}\``, listedIds(evaluating)])
    .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1));
  const none = Object.entries(withoutPolicy).map(
    ([what, url]) => `${what} have no policy of their own: [AWS says so](${url}).`,
  );
  return [
    '## Policies of resources',
    '',
    'A resource can have a policy that lets in anybody, another account, or a service of AWS that acts for anybody (the',
    'confused deputy). These controls evaluate it. What is not in the table has no such policy, or none that is evaluated.',
    '',
    ...table(['Resource type', 'Controls'], rows),
    '',
    ...none,
    '',
  ];
};

/** Every requirement of every framework: what answers it, or why nothing does. */
export const coveragePage = (controls: readonly Control[]): string => {
  const missing = missingBeside(controls);
  const known: readonly KnownControl[] = [...controls, ...onHosts];
  const all = frameworks.map((data) => resolveFramework(data, known, missing));
  const head = ['Requirement', 'Level', 'Controls', 'What is left'];
  const sections = all.flatMap((framework) => [
    `## ${framework.title}`,
    '',
    `\`${framework.id}\`, by [${framework.publisher}](${framework.url}). ${framework.source}, ${framework.date}.`,
    '',
    ...(isOnHosts(framework) ? ['Controls on [hosts](hosts.md) answer it.', ''] : []),
    ...table(head, framework.requirements.map(row)),
    '',
  ]);
  const counts = [
    'Framework',
    'Requirements',
    'Evaluated',
    'Evaluated in part',
    'Manual',
    'Not yet',
  ];
  return `${[
    '# Coverage',
    '',
    'Every requirement of every framework that `plumbline report` knows: the controls that evaluate it, or why none does.',
    '*In part* means that Security Hub has more controls for it than Plumbline. Only ids are here: read the text where its',
    'publisher has it. Generated by `npm run generate`.',
    '',
    ...table(counts, all.map(countsOf)),
    '',
    ...policySection(controls),
    ...sections,
  ]
    .join('\n')
    .trimEnd()}\n`;
};
