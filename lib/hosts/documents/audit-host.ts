import type { DocumentSource } from '../compile.ts';
import type { HostControl } from '../control.ts';
import { auditLines, auditPart, parameterLines } from '../lines.ts';
import {
  areasParameter,
  controlsParameter,
  readParameters,
  settingsParameter,
} from './parameters.ts';

/** Judges a host and changes nothing on it. */
export const auditHost = (controls: readonly HostControl[]): DocumentSource => ({
  name: 'Plumbline-AuditHost',
  description:
    'Judges this host against the Plumbline host controls and prints one line of JSON. Changes nothing. Exit 0 means that the audit ran, whatever it found.',
  parameters: {
    Areas: areasParameter,
    Controls: controlsParameter,
    Parameters: settingsParameter,
  },
  parts: ['facts', ...controls.map(auditPart)],
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
