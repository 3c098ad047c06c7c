import { adviceUrl } from '../../engine/findings/advice-url.ts';
import type { Control } from '../../model/control.ts';

/** A control as plain JSON. */
export const described = (control: Control) => ({
  id: control.id,
  title: control.title,
  severity: control.severity,
  rationale: control.rationale,
  resourceTypes: control.resources.map(({ type }) => type),
  standards: control.standards,
  needs: control.needs,
  parameters: Object.fromEntries(
    Object.entries(control.parameters ?? {}).map(([name, parameter]) => [
      name,
      { default: parameter.default, allowed: parameter.allowed },
    ]),
  ),
  advice: control.remediation.advice,
  url: adviceUrl(control),
});
