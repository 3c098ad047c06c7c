import type { HostControl } from './control.ts';
import { references } from './references.ts';

/** A host control as the handlers need it: what findings say of it, and its parameters. */
export const asFound = ({
  remediation,
  references: items,
  parameters = {},
  ...control
}: HostControl) => ({
  id: control.id,
  area: control.area,
  title: control.title,
  severity: control.severity,
  rationale: control.rationale,
  advice: remediation.advice,
  requirements: Object.entries(references).flatMap(([id, title]) =>
    Object.entries(items).flatMap(([source, numbers]) =>
      source === id ? (numbers ?? []).map((number) => `${title}/${number}`) : [],
    ),
  ),
  parameters,
});
