import { adviceUrl } from '../../lib/engine/findings/advice-url.ts';
import { canBePlanned, plannedActions } from '../../lib/engine/remediation/planning.ts';
import type { Control } from '../../lib/model/control.ts';
import type { AnyResourceType, Effect, Facet } from '../../lib/model/resource-type.ts';
import { standards } from '../../lib/model/standards.ts';
import { services } from '../../lib/services/every.ts';
import type { AnyService } from '../../lib/services/service.ts';
import { code, section, table } from '../markdown.ts';

const codes = (texts: Iterable<string>) => [...texts].map(code).join(', ');

const facetsOf = (control: Control, type: AnyResourceType) =>
  control.needs.flatMap((need) => {
    const facet = type.facets[need];
    return facet ? [[need, facet] as const] : [];
  });

const bears = (effect: Effect, facets: ReadonlySet<string>) =>
  typeof effect === 'string' || effect.some((facet) => facets.has(facet));

/** Events of a type that can change one of these facets, as `s3:PutBucketPolicy` or a service's own detail type. */
const eventsOf = (type: AnyResourceType, facets: ReadonlySet<string>): string[] =>
  type.live.announcements.flatMap((announcement) => {
    if (announcement.via === 'service')
      return bears(announcement.effect, facets) ? [announcement.detailType] : [];
    const { source } = announcement;
    const service = source === 'any' ? '' : `${source.replace('.amazonaws.com', '')}:`;
    return Object.entries(announcement.calls)
      .filter(([, effect]) => bears(effect, facets))
      .map(([call]) => `${service}${call}`);
  });

const lentEvents = (
  facet: Pick<Facet, 'borrowedFrom'>,
  types: readonly AnyResourceType[],
): string[] =>
  (facet.borrowedFrom ?? []).flatMap((lender) => {
    const type = types.find((each) => each.type === lender.type);
    return type ? eventsOf(type, new Set([lender.facet])) : [];
  });

const eventsThatBring = (control: Control, types: readonly AnyResourceType[]): string[] => {
  const needs = new Set(control.needs);
  const own = control.resources.flatMap((type) => eventsOf(type, needs));
  const lent = control.resources.flatMap((type) =>
    facetsOf(control, type).flatMap(([, facet]) => lentEvents(facet, types)),
  );
  return [...new Set([...own, ...lent])].sort();
};

const parameterRows = (control: Control) =>
  Object.entries(control.parameters ?? {}).map(([name, parameter]) => [
    code(name),
    code(JSON.stringify(parameter.default)),
    parameter.allowed,
  ]);

const readRows = (control: Control) =>
  control.resources.flatMap((type) =>
    facetsOf(control, type).map(([name, facet]) => [
      code(type.type),
      code(name),
      codes(facet.actions) || 'none',
    ]),
  );

const standardRows = (control: Control) =>
  Object.entries(standards).flatMap(([id, title]) => {
    const requirements = Object.entries(control.standards).find(([key]) => key === id)?.[1];
    return requirements ? [[title, requirements.join(', ')]] : [];
  });

/** What Plumbline does about a FAIL, and what that takes. */
const planLines = (control: Control): string[] => {
  if (!canBePlanned(control)) return [];
  const actions = codes(plannedActions(control));
  if (actions === '') return ['Only proposed: a person decides.'];
  const { combined } = control.remediation;
  const together = combined
    ? [`One plan for a resource with the other controls of \`${combined.name}\`.`]
    : [];
  return [
    ...together,
    `Calls, or a proposal where its state asks for a person. They take ${actions}.`,
  ];
};

/** The page of one control: everything on it comes from the control and its resource types. */
export const controlPage = (control: Control, types: readonly AnyResourceType[]): string =>
  [
    `# ${control.id}: ${control.title}`,
    '',
    `Severity ${control.severity} on ${codes(control.resources.map(({ type }) => type))}.`,
    '',
    control.rationale,
    '',
    ...section('Remediation', [control.remediation.advice, '', `See <${adviceUrl(control)}>.`]),
    ...section('Plan', planLines(control)),
    ...section('Parameters', table(['Name', 'Default', 'Allowed'], parameterRows(control))),
    ...section('Standards', table(['Standard', 'Requirements'], standardRows(control))),
    ...section('Reads', table(['Resource type', 'Facet', 'IAM actions'], readRows(control))),
    ...section('Evaluated again after', [codes(eventsThatBring(control, types))]),
    ...section(
      'Not heard',
      control.resources.flatMap(({ live: { unheard } }) => unheard ?? []),
    ),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');

const controlRow = (control: Control) => [
  `[${control.id}](../../controls/${control.id}.md)`,
  control.title,
  control.severity,
  codes(control.resources.map(({ type }) => type)),
];

/** The page of one service: its controls in a table. */
export const servicePage = (service: string, controls: readonly Control[]): string =>
  [
    `# Controls of ${service}`,
    '',
    ...table(['Control', 'What must hold', 'Severity', 'Evaluates'], controls.map(controlRow)),
    '',
  ].join('\n');

const withSeverity = (controls: readonly Control[], severity: Control['severity']) =>
  String(controls.filter((control) => control.severity === severity).length);

/** What AWS says of a read right after a write, by the services that the controls of a type are read from. */
const readsOf = (type: AnyResourceType, controls: readonly Control[]): string => {
  const needed = controls
    .filter(({ resources }) => resources.some((one) => one.type === type.type))
    .flatMap((control) => facetsOf(control, type).flatMap(([, facet]) => facet.actions));
  const prefixes = [...new Set(needed.map((action) => action.split(':')[0]))].sort();
  const said = prefixes.map((prefix) => {
    const page = Object.values<AnyService>(services).find(
      (one) => one.iam === prefix && one.showsInTheEnd,
    )?.showsInTheEnd;
    return page === undefined ? `${prefix}: not documented` : `[${prefix}: in the end](${page})`;
  });
  return said.join(', ');
};

/** After how long a fix of each type that can be put right is VERIFIED, and why not sooner. */
const confirmations = (controls: readonly Control[]): readonly string[] => {
  const fixable = controls.filter(({ remediation: { plan, combined } }) => plan ?? combined);
  const types = new Map(
    fixable.flatMap(({ resources }) => resources.map((one) => [one.type, one] as const)),
  );
  const rows = [...types]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, type]) => [
      `\`${name}\``,
      `${type.live.settlesAfterSeconds} s`,
      readsOf(type, fixable),
    ]);
  return [
    '## When a fix is confirmed',
    '',
    'A first read that passes, made once all calls of a fix are answered, is said as "fixed, being confirmed". VERIFIED sooner',
    'than after settle would take one of two things. AWS says that a read follows the write: we know of no such page for any of these. Or',
    'what is read shows something that did not exist before the calls: facets hold settings, rules and policies, and neither',
    'the ids of rules nor revisions or times of policies. What a fix makes has the name that it had before (an analyzer), and',
    '[DynamoDB gives the same policy the same revision](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutResourcePolicy.html).',
    'So a replica that is behind passes, too, and VERIFIED waits for the read after settle for every type.',
    '',
    ...table(
      ['Type', 'VERIFIED at the earliest, after the last call', 'A read shows a write'],
      rows,
    ),
    '',
  ];
};

/** The index of the catalogue: a row for each service. */
export const cataloguePage = (services: ReadonlyMap<string, readonly Control[]>): string => {
  const rows = [...services].map(([service, controls]) => [
    `[${service}](${service}.md)`,
    String(controls.length),
    withSeverity(controls, 'CRITICAL'),
    withSeverity(controls, 'HIGH'),
    codes(new Set(controls.flatMap(({ resources }) => resources.map(({ type }) => type)))),
  ]);
  const all = [...services.values()].flat();
  return [
    '# Controls',
    '',
    `${all.length} controls on AWS resources. Controls on hosts stand in [hosts](../hosts.md), those on manifests in [manifests](../manifests.md).`,
    '',
    ...table(['Service', 'Controls', 'CRITICAL', 'HIGH', 'Evaluates'], rows),
    '',
    ...confirmations(all),
  ].join('\n');
};
