import { accountsUnder, inUnits } from '../../lib/cli/commands/report/report-units.ts';
import { type Baseline, parseBaseline } from '../../lib/engine/baseline/baseline.ts';
import type { AccountKnown, Roster } from '../../lib/engine/baseline/organization.ts';
import { readRecord } from '../../lib/reports/compliance/read-record.ts';
import { scanOf } from '../reports/compliance/sample.ts';
import { plumbline } from './run.ts';

const [root, team, web] = ['r-ab12', 'ou-ab12-11111111', 'ou-ab12-22222222'];
const account = (id: string, path: readonly string[], state = 'ACTIVE'): AccountKnown => ({
  id,
  name: id,
  path,
  state,
  seenAt: '2026-11-01T00:00:00.000Z',
});
const roster: Roster = {
  organization: 'o-abcdefghij',
  listedAt: '2026-11-30T00:00:00.000Z',
  accounts: [
    account('111111111111', [root]),
    account('222222222222', [root, team]),
    account('333333333333', [root, team, web]),
    account('444444444444', [root, team, web], 'SUSPENDED'),
  ],
};
const baseline: Baseline = {
  ...parseBaseline('{}', 'plumbline.yaml', []),
  organization: { id: roster.organization, exclude: [], overrides: [] },
};
const installed = { stack: 'Plumbline', baseline, roster };
const recordOf = (id: string) => ({
  ...readRecord(JSON.stringify(scanOf([], { 'S3.8': 1 })), 'a scan'),
  account: id,
});

describe('a report of units of the organization', () => {
  it.each([
    [[web], ['333333333333']],
    [[team], ['222222222222', '333333333333']],
    [[root], ['111111111111', '222222222222', '333333333333']],
    [
      [web, team],
      ['222222222222', '333333333333'],
    ],
  ])('%j is of the active accounts in them and below: %j', (units, ids) => {
    expect(accountsUnder(units, installed)).toEqual(ids);
  });

  it('names the accounts of which nothing is known', () => {
    const records = [recordOf('111111111111'), recordOf('333333333333')];
    const [only, ...others] = inUnits([team], records, installed);
    expect(others).toEqual([]);
    expect(only?.account).toBe('333333333333');
    expect(only?.gaps).toEqual([
      'Only accounts of ou-ab12-11111111 and of the units below: 222222222222, 333333333333.',
      'Of 1 account there nothing is known: 222222222222.',
    ]);
  });

  it.each([
    [
      { ...installed, baseline: { ...baseline, organization: undefined } },
      /names none: name accounts by --account$/,
    ],
    [{ ...installed, roster: undefined }, /has not listed the accounts of its organization yet$/],
    [{ ...installed, roster: { ...roster, accounts: [] } }, /knows no account in ou-ab12-11111111/],
  ])('is refused with a sentence where nobody knows: %#', (known, sentence) => {
    expect(() => accountsUnder([team], known as typeof installed)).toThrow(sentence);
  });

  it('is refused where nothing is known of any', () => {
    expect(() => inUnits([web], [recordOf('111111111111')], installed)).toThrow(
      /^nothing is known of any account in ou-ab12-22222222$/,
    );
  });

  it.each([
    [['--organizational-unit', team], /^--organizational-unit is of a period, or of --stack/],
    [
      ['--organizational-unit', 'team', '--stack', 'Plumbline'],
      /^--organizational-unit is team; give the id of a unit or root/,
    ],
    [
      ['--organizational-unit', team, '--account', '1', '--from', '2026-11-01'],
      /^--organizational-unit does not go with --account/,
    ],
  ])('refuses %j with a sentence', async (args, sentence) => {
    const { code, stderr } = await plumbline(['report', '--standard', 'fsbp-1.0.0', ...args]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(sentence)]);
  });
});
