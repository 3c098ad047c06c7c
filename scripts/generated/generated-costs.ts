import { type Estimate, estimate, type Position } from '../../lib/estimate/estimate.ts';
import { daysInMonth } from '../../lib/estimate/quantities.ts';
import { table, withGenerated } from '../markdown.ts';

const dollars = (usd: number): string =>
  usd < 100 ? `$${usd.toFixed(2)}` : `$${Math.round(usd).toLocaleString('en-US')}`;
const counted = (quantity: number): string =>
  quantity.toLocaleString('en-US', { maximumFractionDigits: quantity < 100 ? 1 : 0 });
const million = 1_000_000 / daysInMonth;

const row = ({ what, quantity, unit, price, per, usd, date, source }: Position) => {
  const each = per === 1 ? `$${Number(price.toPrecision(3))}` : `$${price} a million`;
  return [what, `${counted(quantity)} ${unit}`, `[${each}](${source}), ${date}`, dollars(usd)];
};
const positionsTable = (positions: readonly Position[]): string =>
  table(['position', 'a month', 'list price', 'costs'], positions.map(row)).join('\n');

const organization = { accounts: 200, regions: 17, changes: 20_000, resources: 100_000 };
const idle = (): Estimate => estimate({ accounts: 1, regions: 1, changes: 0, resources: 1000 });
const busy = (): Estimate =>
  estimate({ accounts: 1, regions: 1, changes: million, resources: 1000 });

const readmeTable = (): string => {
  const sealed = idle().optional.filter(({ what }) => what.startsWith('remediation: '));
  const more = sealed.reduce((sum, { usd }) => sum + usd, 0);
  const perMillion = busy().usd - idle().usd;
  const findings = busy().positions.find(({ what }) => what.startsWith('findings'))?.usd ?? 0;
  return table(
    ['what', 'a month'],
    [
      [
        'idle, one account and region with 1,000 resources',
        `${dollars(idle().usd)}, with remediation ${dollars(idle().usd + more)}; each other governed region nothing`,
      ],
      [
        'each million changes',
        `${dollars(perMillion)} at most: ${dollars(findings)} of it where each is published as a finding (Security Hub)`,
      ],
      [
        '200 accounts in 17 regions, 100,000 resources, 20,000 changes a day',
        `${dollars(estimate(organization).usd)}; \`npx --no-install plumbline estimate\` says it of yours`,
      ],
    ],
  ).join('\n');
};

const pageTables = (): string => {
  const { positions, elsewhere, optional, replaced, usd } = estimate(organization);
  return [
    'Of 200 accounts in 17 regions with 100,000 resources and 20,000 changes a day, what Plumbline itself costs:',
    positionsTable(positions),
    `Together ${dollars(usd)} a month. What its reads cost in these accounts, where GuardDuty or a second trail is on:`,
    positionsTable(elsewhere),
    'What is added where the baseline asks for it:',
    positionsTable(optional),
    'What it can replace, for the same changes:',
    positionsTable(replaced),
  ].join('\n\n');
};

const markers = ['<!-- costs -->', '<!-- /costs -->'] as const;

/** Pages with what an installation costs, from the data of `plumbline estimate`. */
export const costPages: Readonly<Record<string, (page: string) => string>> = {
  'README.md': (page) => withGenerated(page, [readmeTable()], markers),
  'docs/guide/costs.md': (page) => withGenerated(page, [pageTables()], markers),
};
