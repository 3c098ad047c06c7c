import type { HostControl } from '../../lib/hosts/control.ts';
import { auditHost } from '../../lib/hosts/documents/audit-host.ts';
import { hostControls } from '../../lib/hosts/index.ts';
import { sampledByOutcome } from '../extent.ts';
import { type Files, onlyResult, put, type Result, withFolder } from './audited.ts';

export const controlOf = (id: string): HostControl => {
  const found = hostControls.find((each) => each.id === id);
  if (!found) throw new Error(id);
  return found;
};

/** What a host would say where it ran, as bash that stands in for the function that asks it. */
export type StandIns = readonly string[];

/** The verdict of one control on files; functions stand in for what only a running host says. */
export const evaluatedOf = (
  id: string,
  files: Files,
  standIns: StandIns = [],
  parameters = 'none',
): Result =>
  withFolder((root) => {
    put(root, files);
    const source = auditHost([controlOf(id)]);
    const body = [...standIns, ...source.body];
    return onlyResult({ ...source, body }, [`ROOT=${root}`], { Parameters: parameters });
  });

/** A function that prints lines, given in bash. */
export const says = (name: string, ...lines: readonly string[]): string =>
  `${name}() { printf '%s\\n' ${lines.map((line) => `'${line.replaceAll("'", "'\\''")}'`).join(' ')}; }`;

/** A case of a table: the control, files, what is expected, what stands in. */
export type Case = readonly [
  id: string,
  files: Files,
  expected: Partial<Result>,
  standIns?: StandIns,
];

/** The rows that are tried: one of each verdict on each control, of the others every second, every night all. */
export const evaluatedRows = (cases: Readonly<Record<string, Case>>) =>
  sampledByOutcome(
    Object.entries(cases),
    { quick: 6, usual: 2 },
    ([, [id, , { s }]]) => `${id} ${s}`,
  );

export const debian: Files = { 'etc/os-release': 'ID=debian\nVERSION_ID="12"\n' };
export const amazon: Files = {
  'etc/os-release': 'ID="amzn"\nID_LIKE="fedora"\nVERSION_ID="2023"\n',
};
/** Where units are linked that a boot starts. */
export const starts = (...units: readonly string[]): Files =>
  Object.fromEntries(
    units.map((unit) => [`etc/systemd/system/multi-user.target.wants/${unit}`, '']),
  );
