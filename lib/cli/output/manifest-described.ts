import type { ManifestControl } from '../../manifests/model/manifest-control.ts';
import { manifestStandards } from '../../manifests/model/standards.ts';
import { kinds } from '../../manifests/model/subject.ts';
import { paint } from '../../reports/paint.ts';
import { parameterLines, section } from './explained.ts';

/** A control on manifests as plain JSON. */
export const describedManifest = (control: ManifestControl) => ({
  id: control.id,
  title: control.title,
  severity: control.severity,
  rationale: control.rationale,
  evaluates: kinds[control.on],
  standards: control.standards,
  parameters: Object.fromEntries(
    Object.entries(control.parameters ?? {}).map(([name, parameter]) => [
      name,
      { default: parameter.default, allowed: parameter.allowed },
    ]),
  ),
  advice: control.remediation.advice,
  url: control.remediation.url,
});

const requirements = ({ standards }: ManifestControl): readonly string[] =>
  Object.entries(manifestStandards).flatMap(([id, title]) => {
    const all = Object.entries(standards).find(([key]) => key === id)?.[1];
    return all ? [`  ${title}: ${all.join(', ')}`] : [];
  });

/** The same for people. */
export const explainedManifest = (control: ManifestControl): string =>
  [
    paint.bold(`${control.id}  ${control.title}`),
    `${control.severity} on ${kinds[control.on]}, in files that check evaluates`,
    '',
    control.rationale,
    ...section('What to do', [`  ${control.remediation.advice}`, `  ${control.remediation.url}`]),
    ...section('Parameters', parameterLines(control)),
    ...section('Standards', requirements(control)),
  ].join('\n');
