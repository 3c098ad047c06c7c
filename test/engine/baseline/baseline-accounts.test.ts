import { defaultBaseline, parseBaseline } from '../../../lib/engine/baseline/baseline.ts';
import { baselineAway } from '../../../lib/engine/baseline/baseline-away.ts';

const only = { id: 'T.1', standards: {}, onlyWithAccounts: true } as const;
const trusting = {
  id: 'T.2',
  standards: {},
  parameters: {
    trustedAccounts: {
      default: ['111122223333'],
      allowed: 'accounts',
      accepts: (value: unknown): value is string[] => Array.isArray(value),
    },
  },
} as const;
const controls = [only, trusting];
const parse = (yaml: string) => parseBaseline(yaml, 'plumbline.yaml', controls);

describe('accounts of a baseline', () => {
  it('are none where they are not said, and nothing of them is there', () => {
    const baseline = defaultBaseline(controls);
    expect(baseline).not.toHaveProperty('accounts');
    expect(baseline).not.toHaveProperty('organization');
    expect(Object.keys(baseline.controls)).toEqual(['T.2']);
    expect(parse('accounts: []\n')).toEqual(baseline);
  });

  it('are named by id, and turn on what is about them', () => {
    const baseline = parse("accounts: ['444455556666', '000011112222']\n");
    expect(baseline.accounts).toEqual(['000011112222', '444455556666']);
    expect(Object.keys(baseline.controls)).toEqual(['T.1', 'T.2']);
  });

  it.each([
    ['accounts: [444455556666]', /:1:12: .*in quotes: '444455556666'/],
    ['accounts: [011112222333]', /in quotes/],
    ["accounts: ['4444']", /the 12 digits of an account/],
    ["accounts: ['4444-5555-6666']", /the 12 digits of an account/],
    ["accounts: ['*']", /the 12 digits of an account/],
    ['accounts: [{ id: x }]', /the 12 digits of an account/],
    ['accounts: all', /a list of accounts/],
    ["accounts: ['444455556666', '444455556666']", /stands there already/],
    [
      `accounts: [${Array.from({ length: 51 }, (_, index) => `'${String(index).padStart(12, '0')}'`).join()}]`,
      /at most 50 accounts/,
    ],
    ['organization: { accounts: [] }', /this version knows no organizations: name each account/],
    ['organization: true', /this version knows no organizations/],
  ])('%s is refused', (yaml, why) => {
    expect(() => parse(`${yaml}\n`)).toThrow(why);
  });
});

describe('accounts where something may be put right', () => {
  it('are those of which it is said', () => {
    const baseline = parse(
      "accounts: ['444455556666', { id: '000011112222', remediate: true }, { id: '777788889999' }]\n",
    );
    expect(baseline.accounts).toEqual(['000011112222', '444455556666', '777788889999']);
    expect(baseline.remediatedAccounts).toEqual(['000011112222']);
    expect(parse("accounts: ['444455556666']\n")).not.toHaveProperty('remediatedAccounts');
  });

  it.each([
    ["accounts: [{ id: '444455556666', remediate: often }]", /:1:\d+: .*true or false/],
    ["accounts: [{ id: '444455556666', mode: plan }]", /id, remediate/],
    ['accounts: [{ remediate: true }]', /the 12 digits of an account/],
    ["accounts: ['444455556666', { id: '444455556666', remediate: true }]", /stands there already/],
  ])('%s is refused', (yaml, why) => {
    expect(() => parse(`${yaml}\n`)).toThrow(why);
  });
});

describe('what counts in another account', () => {
  const hub = '123456789012';
  const only = { hub, isRemediated: false };
  const remediating = parse('controls: { T.2: { mode: remediate } }\naccounts: ["444455556666"]\n');

  it('is that nothing is put right: it is planned', () => {
    expect(remediating.controls['T.2']?.mode).toBe('remediate');
    expect(baselineAway(remediating, only).controls['T.2']?.mode).toBe('plan');
    expect(baselineAway(parse('mode: plan\n'), only).controls['T.2']?.mode).toBe('plan');
    expect(baselineAway(parse('{}\n'), only).controls['T.2']?.mode).toBe('observe');
  });

  it('is what the baseline says where something may be put right', () => {
    const there = baselineAway(remediating, { hub, isRemediated: true });
    expect(there.controls['T.2']?.mode).toBe('remediate');
    expect(there.controls['T.2']?.parameters['trustedAccounts']).toContain(hub);
    expect(baselineAway(there, { hub, isRemediated: true })).toEqual(there);
  });

  it('is that the account is known whose roles read there', () => {
    const { parameters } = baselineAway(remediating, only).controls['T.2'] ?? {};
    expect(parameters?.['trustedAccounts']).toEqual(['111122223333', hub]);
    expect(remediating.controls['T.2']?.parameters['trustedAccounts']).toEqual(['111122223333']);
  });
});
