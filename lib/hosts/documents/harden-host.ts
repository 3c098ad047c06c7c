import type { DocumentSource } from '../compile.ts';
import { type Area, areas, type Fact, type HostControl } from '../control.ts';
import { fixPart, functionOf, hardenLines, parameterLines } from '../lines.ts';
import { controlsParameter, settingsParameter } from './parameters.ts';

const yesOrNo = 'yes|no';
// Under ten seconds nobody could confirm; nobody should wait for hours with a change that may be taken back.
const seconds = '[1-9][0-9]{1,3}';

/** What the changes of an area are made with, what evaluates them before, and what makes them take effect. */
const partsOf: Readonly<Record<Area, readonly string[]>> = {
  ssh: ['login/trial', 'reload/ssh'],
  kernel: ['sysctls', 'never/modules'],
  firewall: ['install', 'units', 'table', 'reload/firewall'],
  audit: ['install', 'units', 'never/auditd', 'reload/audit'],
  files: ['modes', 'never/mounts'],
  accounts: ['login', 'install', 'never/accounts'],
  services: ['units-off'],
  docker: ['never/daemon', 'reload/docker'],
  postgres: ['install', 'reload/postgres'],
  deep: ['modes'],
};

const factsOfNetwork: readonly Fact[] = [
  'interfaces',
  'ipv6',
  'nat',
  'router_advertisements',
  'vpn',
];
/** What finds the facts that these controls ask for. */
const factsFor = (controls: readonly HostControl[]): string => {
  const asked = controls.flatMap(({ where = [], remediation }) => [
    ...where,
    ...(remediation.fix === 'automatic' ? (remediation.where ?? []) : []),
  ]);
  return factsOfNetwork.some((fact) => asked.includes(fact) || asked.includes(`!${fact}`))
    ? 'facts/network'
    : 'facts';
};

/** The area in whose document a control is put right: modes of files of any area are changed with those of all files. */
const hardenedIn = ({ area, check }: HostControl): Area =>
  check.kind === 'file' && area !== 'deep' ? 'files' : area;

const documentOf = (area: Area): `Plumbline-${string}` => `Plumbline-HardenHost-${area}`;
/** The document that puts a control right; undefined where it is only reported. */
export const hardenedBy = (control: HostControl): string | undefined =>
  control.remediation.fix === 'automatic' ? documentOf(hardenedIn(control)) : undefined;

const parameters = {
  Controls: controlsParameter,
  Parameters: settingsParameter,
  DryRun: {
    description: 'yes: show what would be changed, change nothing',
    default: 'yes',
    pattern: yesOrNo,
  },
  RollbackSeconds: {
    description: 'after how many seconds without a confirmation it is taken back: 10 to 9999',
    default: '300',
    pattern: seconds,
  },
  Install: {
    description: 'yes: install the packages that a control needs; they stay when it is taken back',
    default: 'no',
    pattern: yesOrNo,
  },
};

const readParameters = (controls: readonly HostControl[]): readonly string[] => [
  `AREAS=${[...new Set(controls.map(({ area }) => area))].join(',')}`,
  `ssm Controls '${controlsParameter.pattern}'`,
  'CONTROLS=$REPLY',
  `ssm Parameters '${settingsParameter.pattern}'`,
  'PARAMETERS=$REPLY GIVEN=$REPLY',
  `ssm DryRun '${yesOrNo}'`,
  'DRY=$REPLY',
  `ssm RollbackSeconds '${seconds}'`,
  'TIME_TO_CONFIRM=$REPLY',
  `ssm Install '${yesOrNo}'`,
  'INSTALL=$REPLY',
  'parameters',
  'all_parameters_known',
];

const hardenArea = (area: Area, controls: readonly HostControl[]): DocumentSource => ({
  name: documentOf(area),
  description:
    'Puts right what fails on this host and prints one line of JSON. Takes it back by itself unless Plumbline-ConfirmHost confirms in time.',
  parameters,
  parts: [factsFor(controls), ...controls.flatMap(fixPart), ...partsOf[area], 'harden'],
  body: [
    ...functionOf('read_parameters', readParameters(controls)),
    ...functionOf('parameters', [':', ...parameterLines(controls)]),
    ...functionOf('controls', hardenLines(controls)),
    'main "$@"',
  ],
  // Installing packages may wait for another run of the package manager.
  timeoutSeconds: 1800,
});

/**
 * For each area that has automatic fixes, what changes whatever fails there and takes all of it back unless ConfirmHost
 * comes in time. One for all areas would be longer than SSM takes.
 */
export const hardenHosts = (controls: readonly HostControl[]): readonly DocumentSource[] =>
  areas.flatMap((area) => {
    const automatic = controls.filter((control) => hardenedBy(control) === documentOf(area));
    return automatic.length === 0 ? [] : [hardenArea(area, automatic)];
  });
