import Table from 'cli-table3';
import type { Control } from '../controls/control.ts';
import { allControls } from '../controls/index.ts';
import { standards } from '../controls/standards.ts';
import { UserError } from '../engine/user-error.ts';
import { paint } from '../report/paint.ts';
import { parsed } from './arguments.ts';
import { described } from './described.ts';
import { describedHost, fixWords, hostControlsInOrder } from './host-described.ts';
import type { Command } from './main.ts';
import { byId } from './order.ts';

const usage = `Usage: plumbline controls [--standard <id> | --hosts] [--json]

  --standard <id>  only what this standard asks for: ${Object.keys(standards).join(', ')}
  --hosts          the controls on hosts, which their audits judge
  --json           as JSON`;

const inStandard = (control: Control, standard: string | undefined): boolean =>
  standard === undefined || Object.hasOwn(control.standards, standard);

const table = (controls: readonly Control[]): string => {
  const rows = new Table({
    head: ['Control', 'Severity', 'Judges', 'What must hold'],
    style: { head: [], border: [], compact: true },
  });
  for (const control of controls)
    rows.push([
      paint.bold(control.id),
      control.severity,
      control.resources.map(({ type }) => type).join('\n'),
      control.title,
    ]);
  return rows.toString();
};

const hostTable = (): string => {
  const rows = new Table({
    head: ['Control', 'Severity', 'Area', 'Fix', 'What must hold'],
    style: { head: [], border: [], compact: true },
  });
  for (const control of hostControlsInOrder)
    rows.push([
      paint.bold(control.id),
      control.severity,
      control.area,
      fixWords(control),
      control.title,
    ]);
  return rows.toString();
};

const options = {
  hosts: { type: 'boolean' },
  json: { type: 'boolean' },
  standard: { type: 'string' },
} as const;

export const controls: Command = async (argv) => {
  const args = parsed(argv, options, usage);
  if (!args) return 0;
  const { hosts, json, standard } = args.values;
  if (hosts && standard !== undefined)
    throw new UserError('--standard and --hosts do not go together: these are standards of AWS');
  if (hosts) {
    console.log(
      json ? JSON.stringify(hostControlsInOrder.map(describedHost), undefined, 2) : hostTable(),
    );
    return 0;
  }
  if (standard !== undefined && !Object.hasOwn(standards, standard))
    throw new UserError(`--standard is ${standard}; allowed: ${Object.keys(standards).join(', ')}`);
  const all = (await allControls()).filter((control) => inStandard(control, standard));
  const sorted = all.toSorted(byId);
  console.log(json ? JSON.stringify(sorted.map(described), undefined, 2) : table(sorted));
  return 0;
};
