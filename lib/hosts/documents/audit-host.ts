import type { DocumentSource } from '../compile.ts';
import { type Area, areas, type HostControl } from '../control.ts';
import { auditLines, auditPart, parameterLines } from '../lines.ts';
import {
  areasParameter,
  controlsParameter,
  readParameters,
  settingsParameter,
} from './parameters.ts';

/** Audits a host by these controls, which are of the area if one is given, and changes nothing on it. */
export const auditHost = (controls: readonly HostControl[], area?: Area): DocumentSource => ({
  name: `Plumbline-AuditHost${area === undefined ? '' : `-${area}`}`,
  description:
    'Audits this host against the Plumbline host controls and prints one line of JSON. Changes nothing. Exit 0 means that the audit ran, whatever it found.',
  parameters: {
    Areas: areasParameter,
    Controls: controlsParameter,
    Parameters: settingsParameter,
  },
  parts: ['facts/network', 'report', ...controls.map(auditPart)],
  body: [
    ...readParameters,
    ...parameterLines(controls),
    'all_parameters_known',
    'find_facts',
    ...auditLines(controls),
    'all_controls_judged',
    "report ''",
  ],
  // Deep searches have a time limit of their own, which is shorter.
  timeoutSeconds: 600,
});

/** A document for each area that has controls: one for all would be longer than SSM takes. */
export const auditHosts = (controls: readonly HostControl[]): readonly DocumentSource[] =>
  areas.flatMap((area) => {
    const ofArea = controls.filter((control) => control.area === area);
    return ofArea.length === 0 ? [] : [auditHost(ofArea, area)];
  });
