import { areas, type Condition, type HostControl } from '../../hosts/control.ts';
import { hardenedBy } from '../../hosts/documents/harden-host.ts';
import { hostControls } from '../../hosts/index.ts';
import { expectedBy } from './host-expected.ts';
import { byId } from './order.ts';

/** The host controls by area, and there by their numbers. */
export const hostControlsInOrder: readonly HostControl[] = areas.flatMap((area) =>
  hostControls.filter((control) => control.area === area).toSorted(byId),
);

const conditions = (all: readonly Condition[] = []): readonly string[] =>
  all.map((condition) => condition.replace(/^!/, 'no ').replaceAll('_', ' '));

const fixOf = ({ remediation }: HostControl) =>
  remediation.fix === 'report'
    ? { fix: remediation.fix }
    : { fix: remediation.fix, risk: remediation.risk, fixedWhere: conditions(remediation.where) };

/** A host control as plain JSON. */
export const describedHost = (control: HostControl) => ({
  id: control.id,
  area: control.area,
  title: control.title,
  severity: control.severity,
  rationale: control.rationale,
  expected: expectedBy(control),
  where: conditions(control.where),
  references: control.references,
  parameters: Object.fromEntries(
    Object.entries(control.parameters ?? {}).map(([name, parameter]) => [
      name,
      { default: parameter.default, allowed: parameter.allowed },
    ]),
  ),
  ...fixOf(control),
  document: hardenedBy(control),
  advice: control.remediation.advice,
});

/** How a control is put right, in a few words. */
export const fixWords = ({ remediation }: HostControl): string => {
  if (remediation.fix === 'report') return 'reported';
  const named = remediation.risk === 'breaking' ? ', only by its id' : '';
  return `${remediation.risk}${named}`;
};
