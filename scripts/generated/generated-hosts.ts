import {
  describedHost,
  fixWords,
  hostControlsInOrder,
} from '../../lib/cli/output/host-described.ts';
import { areas, type HostControl } from '../../lib/hosts/control.ts';
import { code, table, withGenerated } from '../markdown.ts';

const parametersOf = (control: HostControl): string =>
  Object.entries(control.parameters ?? {})
    .map(([name, { default: preset, allowed }]) => `${code(name)} ${preset} (${allowed})`)
    .join('; ');

/** A control says itself where nobody could try it; all areas were tried on each. */
const triedOn = ({ remediation }: HostControl): string =>
  remediation.advice.includes('Not tried on a real host')
    ? 'none'
    : 'Debian 12, Ubuntu 22.04 and 24.04';

const fixOf = (control: HostControl): string => {
  const { fixedWhere = [] } = { fixedWhere: [], ...describedHost(control) };
  return [fixWords(control), ...fixedWhere].join(', ');
};

// A row of a hundred rules helps nobody: `plumbline explain` shows them all.
const most = 4;
const expectedOf = (control: HostControl): string => {
  const { expected } = describedHost(control);
  const more = expected.length - most;
  const shown = expected.slice(0, most).map((line) => code(line));
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join('<br>');
};

const row = (control: HostControl): readonly string[] => [
  control.id,
  control.title,
  expectedOf(control),
  parametersOf(control),
  control.severity,
  fixOf(control),
  triedOn(control),
];
const head = [
  'Control',
  'What must hold',
  'Expected',
  'Parameters',
  'Severity',
  'Fix',
  'Tried on',
] as const;

/** The page of the host controls with its tables renewed, one an area. */
export const hostsPage = (page: string): string =>
  withGenerated(
    page,
    areas.flatMap((area) => {
      const controls = hostControlsInOrder.filter((control) => control.area === area);
      return ['', `## ${area}`, '', ...table(head, controls.map(row))];
    }),
  );
