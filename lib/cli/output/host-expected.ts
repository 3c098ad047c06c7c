import type {
  Check,
  Expectation,
  FileMode,
  HostControl,
  Setting,
  Value,
} from '../../hosts/control.ts';

type Range = { readonly from: Value; readonly to?: Value };
type Parameters = HostControl['parameters'];

/** The value itself, or the default of the parameter that gives it. */
const settled = (value: Value, parameters: Parameters): string =>
  String(typeof value === 'object' ? (parameters?.[value.parameter]?.default ?? '') : value);

const rangeOf = ({ from, to }: Range, parameters: Parameters): string =>
  to === undefined
    ? `at least ${settled(from, parameters)}`
    : `${settled(from, parameters)} to ${settled(to, parameters)}`;

const expectationOf = (expect: Expectation, parameters: Parameters): string => {
  if ('is' in expect) return settled(expect.is, parameters);
  if ('oneOf' in expect) return expect.oneOf.join(' or ');
  if ('noneOf' in expect) return `without ${expect.noneOf.join(', ')}`;
  if ('parts' in expect) return expect.parts.map((part) => rangeOf(part, parameters)).join(' : ');
  if ('from' in expect) return rangeOf(expect, parameters);
  const weakest = settled(expect.upTo, parameters);
  return expect.scale[0] === weakest ? weakest : `${weakest} or stricter`;
};

const settingOf =
  (parameters: Parameters) =>
  ({ name, expect }: Setting): string =>
    `${name}: ${expectationOf(expect, parameters)}`;

const fileOf = ({ path, mode, owners }: FileMode): string =>
  `${path}: ${mode} or less, of ${owners.join(' or ')}`;

const linesOf = (check: Check, parameters: Parameters): readonly string[] => {
  switch (check.kind) {
    case 'sshd':
    case 'sysctl':
    case 'postgres':
    case 'docker':
      return check.settings.map(settingOf(parameters));
    case 'config':
      return check.settings.map(settingOf(parameters)).map((line) => `${check.file}: ${line}`);
    case 'jail':
      return check.settings.map(settingOf(parameters)).map((line) => `${check.jail}, ${line}`);
    case 'module':
      return [`not to be loaded: ${check.modules.join(', ')}`];
    case 'file':
      return check.files.map(fileOf);
    case 'unit':
      return [`${check.state}: ${check.units.join(', ').replaceAll('|', ' or ')}`];
    case 'mount':
      return [
        `${check.path.replaceAll(' ', ', ')}: ${check.options.map((option) => settled(option, parameters)).join(', ')}`,
      ];
    case 'package':
      return [`${check.state}: ${check.packages.join(', ')}`];
    case 'auditd':
      return check.rules.map((rule) => (rule.startsWith('/') ? `watched: ${rule}` : rule));
    case 'own':
      return [];
  }
};

/** What is expected on a host, a line each, with the defaults; nothing where the title says all of it. */
export const expectedBy = ({ check, parameters }: HostControl): readonly string[] =>
  linesOf(check, parameters);
