import { type Estimate, estimate, type Position } from '../lib/estimate/estimate.ts';
import { daysInMonth } from '../lib/estimate/quantities.ts';

const dollars = (usd: number): string =>
  usd < 100 ? `$${usd.toFixed(2)}` : `$${Math.round(usd).toLocaleString('en-US')}`;
const counted = (quantity: number): string =>
  quantity.toLocaleString('en-US', { maximumFractionDigits: quantity < 100 ? 1 : 0 });
const million = 1_000_000 / daysInMonth;

const row = ({ what, quantity, unit, price, per, usd, date, source }: Position): string => {
  const each = per === 1 ? `$${Number(price.toPrecision(3))}` : `$${price} a million`;
  return `| ${what} | ${counted(quantity)} ${unit} | [${each}](${source}), ${date} | ${dollars(usd)} |`;
};
const table = (positions: readonly Position[]): string =>
  [
    '| position | a month | list price | costs |',
    '| --- | --- | --- | --- |',
    ...positions.map(row),
  ].join('\n');

const organization = { accounts: 200, regions: 17, changes: 20_000, resources: 100_000 };
const idle = (): Estimate => estimate({ accounts: 1, regions: 1, changes: 0, resources: 1000 });
const busy = (): Estimate =>
  estimate({ accounts: 1, regions: 1, changes: million, resources: 1000 });

const readmeTable = (): string => {
  const sealed = idle().optional.filter(({ what }) => what.startsWith('remediation: '));
  const more = sealed.reduce((sum, { usd }) => sum + usd, 0);
  return [
    '| what | a month |',
    '| --- | --- |',
    `| idle, one account and region with 1,000 resources | ${dollars(idle().usd)}, with remediation ${dollars(idle().usd + more)}; each other governed region nothing |`,
    `| each million changes | ${dollars(busy().usd - idle().usd)} at most: ${dollars(busy().positions.find(({ what }) => what.startsWith('findings'))?.usd ?? 0)} of it where each is published as a finding (Security Hub) |`,
    `| 200 accounts in 17 regions, 100,000 resources, 20,000 changes a day | ${dollars(estimate(organization).usd)}; \`npx --no-install plumbline estimate\` says it of yours |`,
  ].join('\n');
};

const pageTables = (): string => {
  const { positions, elsewhere, optional, replaced, usd } = estimate(organization);
  return [
    'Of 200 accounts in 17 regions with 100,000 resources and 20,000 changes a day, what Plumbline itself costs:',
    table(positions),
    `Together ${dollars(usd)} a month. What its reads cost in these accounts, where GuardDuty or a second trail is on:`,
    table(elsewhere),
    'What is added where the baseline asks for it:',
    table(optional),
    'What it can replace, for the same changes:',
    table(replaced),
  ].join('\n\n');
};

const withSection = (page: string, text: string): string => {
  const [before = '', rest] = page.split('<!-- costs -->\n');
  if (rest === undefined) return page;
  return `${before}<!-- costs -->\n${text}\n${rest.slice(rest.indexOf('<!-- /costs -->'))}`;
};

/** Pages with what an installation costs, from the data of `plumbline estimate`. */
export const costPages: Readonly<Record<string, (page: string) => string>> = {
  'README.md': (page) => withSection(page, readmeTable()),
  'docs/guide/costs.md': (page) => withSection(page, pageTables()),
};
