import { defaultBaseline, parseBaseline } from '../../../lib/engine/baseline/baseline.ts';
import { baselineAway, baselinesOf } from '../../../lib/engine/baseline/baseline-away.ts';
import { exemptionFor } from '../../../lib/engine/baseline/exemption.ts';

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
  const account = '444455556666';
  const only = { hub, account };
  const remediating = parse('controls: { T.2: { mode: remediate } }\naccounts: ["444455556666"]\n');

  it('is that nothing is put right: it is planned', () => {
    expect(remediating.controls['T.2']?.mode).toBe('remediate');
    expect(baselineAway(remediating, only).controls['T.2']?.mode).toBe('plan');
    expect(baselineAway(parse('mode: plan\n'), only).controls['T.2']?.mode).toBe('plan');
    expect(baselineAway(parse('{}\n'), only).controls['T.2']?.mode).toBe('observe');
  });

  it('is what the baseline says where something may be put right', () => {
    const letting = parse(
      `controls: { T.2: { mode: remediate } }\naccounts: [{ id: '${account}', remediate: true }]\n`,
    );
    const there = baselineAway(letting, only);
    expect(there.controls['T.2']?.mode).toBe('remediate');
    expect(there.controls['T.2']?.parameters['trustedAccounts']).toContain(hub);
    expect(baselineAway(there, only)).toEqual(there);
    expect(baselineAway(letting, { hub, account: '777788889999' }).controls['T.2']?.mode).toBe(
      'plan',
    );
  });

  it('is that the account is known whose roles read there', () => {
    const { parameters } = baselineAway(remediating, only).controls['T.2'] ?? {};
    expect(parameters?.['trustedAccounts']).toEqual(['111122223333', hub]);
    expect(remediating.controls['T.2']?.parameters['trustedAccounts']).toEqual(['111122223333']);
  });
});

describe('accounts that are trusted since they are governed', () => {
  const hub = '123456789012';
  const [member, other] = ['444455556666', '777788889999'] as const;
  const accounts = `accounts: ['${member}', '${other}']\n`;
  const trusted = (yaml: string) => {
    const baselineIn = baselinesOf(parse(yaml), hub);
    return [hub, member].map(
      (account) => baselineIn(account).controls['T.2']?.parameters['trustedAccounts'],
    );
  };
  const saying = (list: string) =>
    `controls: { T.2: { parameters: { trustedAccounts: [${list}] } } }\n`;

  it('are none where that is not said', () => {
    expect(trusted(accounts)).toEqual([['111122223333'], ['111122223333', hub]]);
    expect(trusted(`${accounts}${saying('')}`)).toEqual([[], [hub]]);
  });

  it('are all that the baseline names', () => {
    expect(trusted(`${accounts}${saying("governed, '222233334444'")}`)).toEqual([
      ['governed', '222233334444', member, other],
      ['governed', '222233334444', member, other, hub],
    ]);
  });

  it('are all of them where an account says so of itself alone', () => {
    const said = `accounts: ['${other}', { id: '${member}', controls: { T.2: { parameters: { trustedAccounts: [governed] } } } }]\n`;
    expect(trusted(said)).toEqual([['111122223333'], ['governed', member, other, hub]]);
  });

  it('are nobody where nothing else is governed', () => {
    expect(trusted(saying('governed'))).toEqual([['governed'], ['governed', hub]]);
  });
});

describe('an exemption of a baseline', () => {
  const hub = '123456789012';
  const [member, other] = ['444455556666', '777788889999'] as const;
  const said = (resource: string, account?: string) =>
    `{ control: T.2, resource: '${resource}', owner: web, reason: site, expires: 2999-01-01${account === undefined ? '' : `, account: ${account}`} }`;
  const withExemption = (resource: string, account?: string) =>
    parse(`accounts: ['${member}', '${other}']\nexemptions: [${said(resource, account)}]\n`);
  /** The accounts in which a resource of that name is exempted. */
  const exempted = (resource: string, named: (account: string) => string, account?: string) => {
    const baselineIn = baselinesOf(withExemption(resource, account), hub);
    return [hub, member, other].filter((of) => {
      const subject = { controlId: 'T.2', arn: named(of), id: 'admin' };
      return exemptionFor(baselineIn(of), subject, new Date('2026-06-15')) !== undefined;
    });
  };
  const role = (account: string) => `arn:aws:iam::${account}:role/admin`;
  const bucket = () => 'arn:aws:s3:::logs-of-them';

  it.each<readonly [string, string, (account: string) => string]>([
    ['a name', 'admin', role],
    ['a pattern of ARNs', 'arn:aws:iam::*:role/admin', role],
    ['everything', '*admin', role],
    ['a pattern of buckets, whose ARNs say no account', 'arn:aws:s3:::logs-*', bucket],
  ])('of %s counts where Plumbline stands: others name theirs as they like', (_, text, named) => {
    expect(exempted(text, named)).toEqual([hub]);
    expect(exempted(text, named, `'${member}'`)).toEqual([member]);
    expect(exempted(text, named, 'all')).toEqual([hub, member, other]);
  });

  it('counts in the account that its ARN says', () => {
    expect(exempted(role(member), role)).toEqual([member]);
    expect(exempted(role(hub), role)).toEqual([hub]);
    expect(exempted(`arn:aws:iam::${member}:role/*`, role)).toEqual([member]);
  });

  it.each([
    ["'999999999999'", /:2:\d+: .*allowed: all, '444455556666', '777788889999'/],
    ['444455556666', /in quotes: '444455556666'; or all/],
    ['every', /the 12 digits of an account/],
  ])('is refused of the account %s', (account, why) => {
    expect(() => withExemption('admin', account)).toThrow(why);
  });
});

describe('what an account says of a control', () => {
  const hub = '123456789012';
  const [member, other] = ['444455556666', '777788889999'] as const;
  const here =
    "controls: { T.2: { mode: plan, parameters: { trustedAccounts: ['111122223333'] } } }\n";
  /** The control as it counts in each account, by what is said of it there. */
  const counting = (there: string) => {
    const said = `accounts: [{ id: '${member}', remediate: true, controls: { T.2: ${there} } }, '${other}']\n`;
    const baselineIn = baselinesOf(parse(`${here}${said}`), hub);
    return [hub, member, other].map((account) => baselineIn(account).controls['T.2']);
  };
  const trusted = (all: ReturnType<typeof counting>) =>
    all.map((one) => one?.parameters['trustedAccounts']);

  it.each<readonly [string, string, readonly (string | undefined)[]]>([
    ['nothing', '{}', ['plan', 'plan', 'plan']],
    ['a mode', '{ mode: observe }', ['plan', 'observe', 'plan']],
    ['that it does not count', '{ enabled: false }', ['plan', undefined, 'plan']],
  ])('counts there alone: %s', (_, there, modes) => {
    expect(counting(there).map((one) => one?.mode)).toEqual(modes);
  });

  it('counts there alone: a parameter, in place of that of all; who governs is known beside it', () => {
    expect(trusted(counting("{ parameters: { trustedAccounts: ['222233334444'] } }"))).toEqual([
      ['111122223333'],
      ['222233334444', hub],
      ['111122223333', hub],
    ]);
    expect(trusted(counting('{ risk: disruptive, backlog: true }'))).toEqual([
      ['111122223333'],
      ['111122223333', hub],
      ['111122223333', hub],
    ]);
    expect(counting('{ risk: disruptive, backlog: true }')).toMatchObject([
      { risk: 'safe', backlog: false },
      { risk: 'disruptive', backlog: true },
      { risk: 'safe', backlog: false },
    ]);
  });

  it.each([
    [
      '{ mode: remediate }',
      /allowed: observe, plan; the baseline says plan of T.2, and an account can say less/,
    ],
    ['{ enabled: true }', /allowed: false; what no other account has/],
    ['{ parameters: { other: 1 } }', /trustedAccounts/],
    ['{ window: night }', /enabled, mode, backlog, risk, parameters/],
  ])('%s is refused', (there, why) => {
    expect(() => counting(there)).toThrow(why);
  });

  it('has to be about a control that there is', () => {
    expect(() =>
      parse(`accounts: [{ id: '${member}', controls: { T.9: { mode: observe } } }]\n`),
    ).toThrow(/T\.1, T\.2/);
  });
});
