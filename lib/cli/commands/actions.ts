import { type Action, type ActionState, monthsUntil } from '../../engine/remediation/action.ts';
import { type Times, timesOf } from '../../reporting/action-times.ts';
import { fittingTable } from '../../reports/fitting-table.ts';
import { printedJson } from '../../support/printed-json.ts';
import { UserError } from '../../support/user-error.ts';
import { accountOption, ofPlaces } from '../accounts/of-accounts.ts';
import { parsed } from '../arguments.ts';
import type { Command } from '../command.ts';
import { controlNamed } from '../control-named.ts';
import { type Deployed, deployed, deployedOptions, deployedUsage } from '../deployed.ts';
import { askerText, painted } from '../output/outcome-text.ts';
import { durationText } from '../output/times.ts';
import { regionOption } from '../regions.ts';
import { listPending } from './actions-pending.ts';

const states: readonly ActionState[] = [
  'BLOCKED',
  'ACTING',
  'VERIFYING',
  'VERIFIED',
  'PARTIAL',
  'INEFFECTIVE',
  'SUPERSEDED',
  'UNVERIFIED',
];

const usage = `Usage: plumbline actions [options]

Lists what was done, and what was not done and why, the latest first; with the time from drift
to its first read as failing (detect), and from there to the verdict that it passes (repair).

  --control <id>   only actions on this control
  --region <list>  only those in these regions; what is global is of us-east-1
  --account <list>  only those in these accounts
  --organizational-unit <list>  only those in accounts of these units, and below
  --state <state>  only those in this state: ${states.join(', ')}
  --most <n>       at most n actions. Default 20
  --pending        lists what waits to be put right instead: why, since when, and when Plumbline
                   asks again
${deployedUsage}

Exit code: 0 listed, 2 it could not be looked up.
Example: plumbline actions --control S3.8 --most 5`;

const options = {
  ...deployedOptions,
  ...regionOption,
  ...accountOption,
  control: { type: 'string' },
  state: { type: 'string' },
  most: { type: 'string', default: '20' },
  pending: { type: 'boolean' },
} as const;

const stateNamed = (text: string | undefined): ActionState | undefined => {
  if (text === undefined) return undefined;
  const state = states.find((each) => each === text.toUpperCase());
  if (state) return state;
  throw new UserError(`--state is ${text}; allowed: ${states.join(', ')}`);
};
const mostOf = (text: string): number => {
  const most = Number(text);
  if (Number.isInteger(most) && most >= 1 && most <= 1000) return most;
  throw new UserError(`--most is a whole number from 1 to 1000, not ${text}`);
};

const stateText = ({ state, guard, canary }: Action): string => {
  if (guard !== undefined) return `${painted(state)} by ${guard}`;
  return canary ? `${painted(state)} as canary` : painted(state);
};

interface Line extends Times {
  readonly action: Action;
}

const table = (lines: readonly Line[]): string => {
  const head = [
    'Started',
    'Action',
    'Control',
    'Resource',
    'State',
    'Asked by',
    'Detect',
    'Repair',
  ];
  const rows = lines.map(({ action, toDetectSeconds, toRepairSeconds }) => [
    action.startedAt.slice(0, 19).replace('T', ' '),
    action.id,
    action.controls.join('\n'),
    action.arn,
    stateText(action),
    askerText(action),
    durationText(toDetectSeconds),
    durationText(toRepairSeconds),
  ]);
  return fittingTable(head, rows, { named: ['Asked by', 'Detect', 'Repair'] });
};

const countsOf = (lines: readonly Line[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { action } of lines) counts[action.state] = (counts[action.state] ?? 0) + 1;
  return counts;
};

const plain = ({ action, ...times }: Line) => {
  const { before, after, wanted, grants, ...told } = action;
  return { ...told, ...times };
};

const listed = async (
  most: number,
  isWanted: (action: Action) => boolean,
  plumbline: Deployed,
): Promise<readonly Line[]> => {
  const found = await plumbline.ledger.list(monthsUntil(new Date()), most, isWanted);
  const withTimes = async (action: Action) => ({ action, ...(await timesOf(action, plumbline)) });
  return Promise.all(found.map(withTimes));
};

export const actions: Command = async (argv) => {
  const args = parsed(argv, options, usage);
  if (!args) return 0;
  const { json, control: named } = args.values;
  const [state, most] = [stateNamed(args.values.state), mostOf(args.values.most)];
  const plumbline = await deployed(args.values, named);
  const control = named === undefined ? undefined : controlNamed(plumbline.controls, named).id;
  const isOf = ofPlaces(args.values, plumbline);
  if (args.values.pending) {
    await listPending(plumbline, { control, isOf }, json === true);
    return 0;
  }
  const isWanted = (action: Action) =>
    (state === undefined || action.state === state) &&
    (control === undefined || action.controls.includes(control)) &&
    isOf(action.ref);
  const lines = await listed(most, isWanted, plumbline);
  const counts = countsOf(lines);
  if (json) {
    console.log(printedJson({ counts, actions: lines.map(plain) }));
    return 0;
  }
  if (lines.length > 0) console.log(table(lines));
  const said = Object.entries(counts).map(([each, count]) => `${count} ${each}`);
  console.log(said.join(', ') || 'no actions');
  return 0;
};
