import { allControls } from '../../lib/controls/index.ts';
import { canBePlanned } from '../../lib/engine/remediation/planning.ts';
import { areas } from '../../lib/hosts/control.ts';
import { hardenedBy } from '../../lib/hosts/documents/harden-host.ts';
import { hostControls } from '../../lib/hosts/index.ts';

const controls = await allControls();

const planning = (id: string, more = '') => `controls: { ${id}: { mode: plan } }\n${more}`;
const oneOfEach = <T>(
  all: readonly T[],
  kindOf: (one: T) => string,
): readonly (readonly [string, T])[] => [...new Map(all.map((one) => [kindOf(one), one]))];

/** All that a baseline can ask for at once. */
export const everything = [
  'mode: plan',
  `hosts: { areas: [${areas.join(', ')}] }`,
  'operators: [arn:aws:iam::123456789012:role/ops, arn:aws:iam::123456789012:user/alice]',
  'securityHub: { actions: true }',
  'configRules: true',
  'dashboard: true',
  'history: { lock: true }',
  'reports: [{ standard: fsbp-1.0.0, every: day }, { standard: soc2-2017, every: week }, { standard: soc2-2017, every: month }]',
  '',
].join('\n');

/** Baselines by what they ask for: each part of the stack, and each kind of control that can be planned. */
export const baselines: Readonly<Record<string, string>> = {
  'the defaults': '{}\n',
  hosts: 'hosts: true\n',
  'hosts of every area': `hosts: { areas: [${areas.join(', ')}] }\n`,
  plans: 'mode: plan\n',
  operators: 'operators: [arn:aws:iam::123456789012:user/alice]\nmode: plan\n',
  'custom actions': 'mode: plan\nsecurityHub: { actions: true }\n',
  'custom actions that show': 'mode: plan\nsecurityHub: true\n',
  'Config rules': 'configRules: true\n',
  'a dashboard': 'dashboard: true\n',
  'a history': 'history: true\n',
  'reports by the clock': 'reports: [{ standard: fsbp-1.0.0, every: week, to: bucket }]\n',
  'custom actions and hosts': 'mode: plan\nsecurityHub: { actions: true }\nhosts: true\n',
  everything,
  'everything in all regions': `${everything}regions: all\n`,
  ...Object.fromEntries(
    oneOfEach(
      hostControls.filter((control) => hardenedBy(control)),
      ({ area }) => area,
    ).map(([area, { id }]) => [
      `hosts, with ${area} planned`,
      planning(id, `hosts: { areas: [${area}] }\n`),
    ]),
  ),
  ...Object.fromEntries(
    oneOfEach(controls.filter(canBePlanned), ({ resources }) =>
      resources.map(({ type }) => type).join(' and '),
    ).map(([types, { id }]) => [`a plan for ${types}`, planning(id)]),
  ),
};
