import { areas, type Check, type HostControl } from './control.ts';
import { quoted, settingWord, wordOf } from './quote.ts';

const argumentsOf = ({ id, check }: HostControl): readonly string[] => {
  switch (check.kind) {
    case 'sshd':
    case 'sysctl':
    case 'postgres':
      return check.settings.map((setting) => settingWord(id, setting));
    case 'module':
      return check.modules.map(quoted);
    case 'file':
      return check.files.map(({ path, mode, owners }) =>
        quoted(`${path} ${mode} ${owners.join(',')}`),
      );
    case 'unit':
      return [check.state, ...check.units.map(quoted)];
    case 'mount':
      return [
        quoted(check.path),
        check.own ?? '-',
        ...check.options.map((option) => wordOf(id, [option])),
      ];
    case 'package':
      return [check.state, ...check.packages.map(quoted)];
    case 'config':
      return [quoted(check.file), ...check.settings.map((setting) => settingWord(id, setting))];
    case 'auditd':
      return check.rules.map(quoted);
    case 'jail':
      return [quoted(check.jail), ...check.settings.map((setting) => settingWord(id, setting))];
    case 'docker':
      return [check.subject, ...check.settings.map((setting) => settingWord(id, setting))];
    case 'own':
      return (check.args ?? []).map((arg) => wordOf(id, [arg]));
  }
};

/** The file of the shell library that evaluates a check. */
const fileOf = (check: Check): string => (check.kind === 'own' ? check.name : check.kind);
export const auditPart = ({ check }: HostControl): string => `kinds/${fileOf(check)}`;
export const fixPart = (control: HostControl): readonly string[] =>
  control.remediation.fix === 'report' ? [] : [`${auditPart(control)}.fix`];

const conditions = (all: readonly string[] = []): string => quoted(all.join(' ') || '-');
const asked = (control: HostControl): string =>
  [fileOf(control.check).replaceAll('-', '_'), ...argumentsOf(control)].join(' ');

const auditLine = (control: HostControl): string =>
  `audit ${control.id} ${conditions(control.where)} ${asked(control)}`;

// What may break a workload is changed only where its id was given.
const fixConditions = ({ remediation }: HostControl): readonly string[] =>
  remediation.fix === 'report'
    ? []
    : [...(remediation.risk === 'breaking' ? ['named'] : []), ...(remediation.where ?? [])];

const hardenLine = (control: HostControl): readonly string[] =>
  control.remediation.fix === 'report'
    ? []
    : [
        `harden ${control.id} ${conditions(control.where)} ${conditions(fixConditions(control))} ${asked(control)}`,
      ];

export const auditLines = (controls: readonly HostControl[]): readonly string[] =>
  areas.flatMap((area) => {
    const lines = controls.filter((control) => control.area === area).map(auditLine);
    return lines.length === 0 ? [] : [`if in_area ${area}; then`, ...lines, 'fi'];
  });
export const hardenLines = (controls: readonly HostControl[]): readonly string[] =>
  controls.flatMap(hardenLine);

/** The lines as the body of a function: what HardenHost goes through more than once. */
export const functionOf = (name: string, lines: readonly string[]): readonly string[] => [
  `${name}() {`,
  ...lines,
  '}',
];

/** Declares each parameter with its default and its range; what was given is checked against it. */
export const parameterLines = (controls: readonly HostControl[]): readonly string[] =>
  controls.flatMap(({ id, parameters = {} }) =>
    Object.entries(parameters).map(
      ([name, parameter]) => `parameter ${id}.${name} ${parameter.default} ${parameter.shell}`,
    ),
  );
