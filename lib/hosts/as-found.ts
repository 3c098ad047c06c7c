import type { HostControl } from './control.ts';
import { hardenedBy } from './documents/harden-host.ts';
import { hostControls } from './index.ts';
import { references } from './references.ts';

/** How a control is put right on a host; absent where it is only reported. */
const fixOf = (control: HostControl) => {
  const document = hardenedBy(control);
  if (document === undefined || control.remediation.fix === 'report') return {};
  return { fix: { document, risk: control.remediation.risk } };
};

/** A host control as the handlers need it: what findings say of it, its parameters, and how it is put right. */
const asFound = (control: HostControl) => {
  const { remediation, references: items, parameters = {} } = control;
  return {
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
    ...fixOf(control),
  };
};

/** Every host control, as the handlers need it. */
export const hostRows = () => hostControls.map(asFound);
