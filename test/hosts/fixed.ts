import { readFileSync } from 'node:fs';
import type { HostControl } from '../../lib/hosts/control.ts';
import { auditHost } from '../../lib/hosts/documents/audit-host.ts';
import { fixPart, hardenLines } from '../../lib/hosts/lines.ts';
import { onlyResult, type Result } from './audited.ts';

const transaction = readFileSync(new URL('./direct-changes.sh', import.meta.url), 'utf8').split(
  '\n',
);

/** The verdict after the fix of a control that fails; UNKNOWN with the name where the fix refuses. */
export const fixed = (
  root: string,
  control: HostControl,
  parameters = 'none',
  standIns: readonly string[] = [],
): Result => {
  const source = auditHost([control]);
  const audits = source.body.findIndex((line) => line.startsWith('if in_area'));
  const body = [
    ...transaction,
    ...standIns,
    ...source.body.slice(0, audits),
    ...hardenLines([control]),
    ...source.body.slice(audits + 3),
  ];
  const parts = ['facts/network', 'report', ...fixPart(control)];
  const given = { Controls: control.id, Parameters: parameters };
  return onlyResult({ ...source, parts, body }, [`ROOT=${root}`], given);
};
