import { type Estimate, estimate, type Position } from '../../estimate/estimate.ts';
import { fittingTable } from '../../reports/fitting-table.ts';
import { paint } from '../../reports/paint.ts';
import { printedJson } from '../../support/printed-json.ts';
import { UserError } from '../../support/user-error.ts';
import { parsed } from '../arguments.ts';
import type { Command } from '../command.ts';

const usage = `Usage: plumbline estimate [options]

What an installation costs a month, by position: quantity, list price of us-east-1, its date. Reads
nothing and asks nobody. Free tiers are ignored, except that of findings.

  --accounts <n>   governed accounts, that of Plumbline among them (default: 1)
  --regions <n>    governed regions of each (default: 1)
  --changes <n>    changes a day, of all accounts and regions together (default: 1000)
  --resources <n>  resources that are evaluated, once a day (default: 1000)
  --json           as JSON, with the address of each list price

Exit code: 0 estimated, 2 an option or its value is wrong.
Example: plumbline estimate --accounts 200 --regions 17 --resources 100000`;

const options = {
  accounts: { type: 'string', default: '1' },
  regions: { type: 'string', default: '1' },
  changes: { type: 'string', default: '1000' },
  resources: { type: 'string', default: '1000' },
  json: { type: 'boolean' },
} as const;

const most = 1e12;

const numberOf = (name: string, value: string, least: number): number => {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most))
    throw new UserError(`--${name} is ${value}; it must be a whole number from ${least} on`);
  return number;
};

const dollars = (usd: number): string =>
  `$${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
const counted = (quantity: number): string =>
  quantity.toLocaleString('en-US', { maximumFractionDigits: quantity < 100 ? 2 : 0 });
const priced = ({ price, per }: Position): string =>
  per === 1
    ? `$${price.toLocaleString('en-US', { maximumFractionDigits: 4 })}`
    : `$${price} a million`;

const table = (positions: readonly Position[]): string =>
  fittingTable(
    ['Position', 'Quantity', 'Unit', 'Price', 'Of', 'A month'],
    positions.map((one) => [
      one.what,
      counted(one.quantity),
      one.unit,
      priced(one),
      one.date,
      dollars(one.usd),
    ]),
  );

const text = ({ positions, usd, elsewhere, optional, replaced }: Estimate): string =>
  [
    table(positions),
    paint.bold(`Together ${dollars(usd)} a month, by list prices of us-east-1.`),
    '\nWhat its reads cost where GuardDuty, or a second trail, is on:',
    table(elsewhere),
    '\nWhat is added where the baseline asks for it:',
    table(optional),
    '\nWhat it can replace, for the same changes:',
    table(replaced),
  ].join('\n');

export const estimateCosts: Command = async (argv) => {
  const args = parsed(argv, options, usage);
  if (!args) return 0;
  const { accounts, regions, changes, resources, json } = args.values;
  const estimated = estimate({
    accounts: numberOf('accounts', accounts, 1),
    regions: numberOf('regions', regions, 1),
    changes: numberOf('changes', changes, 0),
    resources: numberOf('resources', resources, 0),
  });
  console.log(json ? printedJson(estimated) : text(estimated));
  return 0;
};
