import { execFileSync } from 'node:child_process';
import type { WriteFigures } from '../../bench/writes.ts';
import { callsInMonth, estimate } from '../../lib/estimate/estimate.ts';
import { checkTiers, prices, tiered } from '../../lib/estimate/prices.ts';
import { daysInMonth, measured } from '../../lib/estimate/quantities.ts';
import { longTest } from '../extent.ts';

const alone = { accounts: 1, regions: 1, changes: 0, resources: 0 };
const many = { accounts: 200, regions: 17, changes: 20_000, resources: 0 };
const usdOf = (what: string, of: Parameters<typeof estimate>[0]) =>
  estimate(of).positions.find((one) => one.what === what)?.usd;

describe('what an installation costs', () => {
  it('is a few dollars where nothing changes, wherever it governs', () => {
    expect(estimate(alone).usd).toBeCloseTo(2.6, 0);
    expect(estimate({ ...many, changes: 0 }).usd).toBe(estimate(alone).usd);
  });

  it('is the sum of its positions, each a quantity by its list price', () => {
    const { positions, usd } = estimate(many);
    expect(positions.reduce((sum, one) => sum + one.usd, 0)).toBeCloseTo(usd);
    for (const { quantity, price, per, usd: costs } of positions)
      expect(costs).toBeCloseTo((quantity * price) / per);
  });

  it('forwards nothing in one account and region, and all but a share elsewhere', () => {
    const bus = 'events to the bus of the hub';
    expect(usdOf(bus, { ...alone, changes: 1000 })).toBe(0);
    const changes = many.changes * daysInMonth;
    const most = (changes / 0.95 / 1e6) * prices.forwardedEvent.usd;
    expect(usdOf(bus, many)).toBeGreaterThan(0.99 * most);
    expect(usdOf(bus, many)).toBeLessThan(most);
  });

  it('evaluates each resource once a day', () => {
    expect(estimate({ ...alone, resources: 1000 }).usd - estimate(alone).usd).toBeLessThan(1);
    expect(usdOf('evaluations', { ...alone, resources: 1000 })).toBeCloseTo(
      usdOf('evaluations', { ...alone, changes: 1000 }) ?? 0,
    );
  });

  it('pays for findings beyond what each account and region has free', () => {
    const findings = 'findings in Security Hub, at most';
    expect(usdOf(findings, { ...alone, changes: 10_000 / daysInMonth })).toBeCloseTo(0);
    expect(usdOf(findings, { ...alone, changes: 1_010_000 / daysInMonth })).toBeCloseTo(30);
  });

  it('reads in each region, also where nothing changes', () => {
    expect(callsInMonth(alone)).toBeCloseTo((57 / 7) * daysInMonth);
    expect(callsInMonth({ ...many, changes: 0 })).toBeCloseTo(3400 * callsInMonth(alone));
  });

  it.each([
    [0, 0],
    [100_000, 100],
    [500_000, 100 + 320],
    [600_000, 100 + 320 + 50],
  ])('counts %d checks by tiers', (quantity, usd) => {
    expect(tiered(quantity, checkTiers)).toBeCloseTo(usd);
  });

  it('says of each price when and where it was read', () => {
    for (const { date, source } of Object.values(prices)) {
      expect(date).toMatch(/^2026(-\d\d){0,2}$/);
      expect(source).toMatch(/^https:\/\/aws\.amazon\.com\/\S+\/pricing\/(on-demand\/)?$|pricing/);
    }
  });
});

/** Counted by a process of its own, which loads the bundle of the function as Lambda does. */
const counting = `
  const { benchWrites } = await import('./bench/writes.ts');
  process.stdout.write(JSON.stringify(await benchWrites(undefined, ['json'])));
`;

longTest(
  'what a change takes is what the benchmark counts',
  () => {
    const said = execFileSync(
      process.execPath,
      ['--import', './test/runner/register.mjs', '--input-type=module', '--eval', counting],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const figures = JSON.parse(said) as readonly WriteFigures[];
    const counted = Object.fromEntries(
      figures.map(({ kind, failing, queueRequests }) => [
        kind,
        { tableWrites: failing, queueRequests },
      ]),
    );
    expect(counted).toEqual(measured);
  },
  120_000,
);
