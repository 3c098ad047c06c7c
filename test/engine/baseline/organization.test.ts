import { parseBaseline } from '../../../lib/engine/baseline/baseline.ts';
import { baselinesOf } from '../../../lib/engine/baseline/baseline-away.ts';
import { inOrganization } from '../../../lib/engine/baseline/in-organization.ts';
import { nextRoster, sweptNow, withSweeps } from '../../../lib/engine/baseline/next-roster.ts';
import { operatorsFor } from '../../../lib/engine/baseline/operators.ts';
import {
  type AccountKnown,
  endedIn,
  type Roster,
  unitPathOf,
} from '../../../lib/engine/baseline/organization.ts';

const hub = '123456789012';
const [root, prod, dev, shop] = [
  'r-ab12',
  'ou-ab12-11111111',
  'ou-ab12-22222222',
  'ou-ab12-33333333',
];
const [inProd, inShop, inDev, atRoot] = [
  '111111111111',
  '222222222222',
  '333333333333',
  '444444444444',
];
const age = {
  default: 90,
  allowed: 'days',
  accepts: (value: unknown): value is number => typeof value === 'number',
};
const controls = [
  { id: 'T.1', standards: { 'fsbp-1.0.0': [] } },
  { id: 'T.2', standards: {}, parameters: { age, other: age } },
  { id: 'T.3', standards: {}, onlyWithAccounts: true },
  {
    id: 'T.4',
    standards: {},
    parameters: {
      trustedAccounts: {
        default: [],
        allowed: 'accounts',
        accepts: (value: unknown): value is string[] => Array.isArray(value),
      },
    },
  },
] as const;
const parse = (yaml: string) => parseBaseline(yaml, 'plumbline.yaml', controls);

const account = (id: string, ...units: readonly string[]): AccountKnown => ({
  id,
  name: id,
  path: [root, ...units],
  state: 'ACTIVE',
  seenAt: '2026-06-01T00:00:00.000Z',
});
const roster: Roster = {
  organization: 'o-abcdef1234',
  listedAt: '2026-06-01T00:00:00.000Z',
  accounts: [
    account(inProd, prod),
    account(hub, prod),
    account(inShop, prod, shop),
    account(inDev, dev),
    account(atRoot),
  ],
};
const organization = (rest = '') => `organization: { id: o-abcdef1234${rest && `, ${rest}`} }\n`;
const counting = (yaml: string, known: Roster = roster) => inOrganization(parse(yaml), known, hub);
const idIn = (yaml: string) => counting(yaml).accounts;

describe('an organization of the baseline', () => {
  it('turns on what is about other accounts, and names none of them', () => {
    const baseline = parse(organization());
    expect(Object.keys(baseline.controls)).toContain('T.3');
    expect(baseline).not.toHaveProperty('accounts');
    expect(baseline.organization).toMatchObject({ id: 'o-abcdef1234', exclude: [], overrides: [] });
  });

  it.each([
    ['organization: true', /id, organizationalUnits/],
    ['organization: { accounts: [] }', /the id of an organization, such as o-abcdef1234/],
    ['organization: { id: abcdef }', /the id of an organization, such as o-abcdef1234/],
    ['organisation: { id: o-abcdef1234 }', /did you mean organization\?/],
    [organization('organisationalUnits: [r-ab12]'), /did you mean organizationalUnits\?/],
    [organization('organizationalUnits: [prod]'), /an organizational unit such as ou-/],
    [organization('organizationalUnits: []'), /at least one organizational unit/],
    [organization('accounts: [444455556666]'), /in quotes: '444455556666'/],
    [
      organization("accounts: ['444455556666'], exclude: ['444455556666']"),
      /it stands in exclude as well/,
    ],
    [
      `accounts: ['444455556666']\n${organization("accounts: ['444455556666']")}`,
      /it stands in accounts as well/,
    ],
    [organization('overrides: [{ stopped: true }]'), /says what it is of: organizationalUnit/],
    [
      organization("overrides: [{ organizationalUnit: r-ab12, account: '444455556666' }]"),
      /of an organizational unit or of an account: write two/,
    ],
    [
      organization('overrides: [{ organizationalUnit: r-ab12, remediate: false }]'),
      /only an account can say false/,
    ],
    [organization('overrides: [{ region: eu-west-1 }]'), /allowed: us-east-1, which are governed/],
    [
      organization('overrides: [{ region: us-east-1, stopped: true }]'),
      /only presets and controls/,
    ],
    [
      organization(
        'overrides: [{ organizationalUnit: r-ab12, controls: { T.1: { mode: plan } } }]',
      ),
      /allowed: observe; the baseline says observe of T.1/,
    ],
    [
      'operators: [{ arn: "arn:aws:iam::123456789012:role/a", organizationalUnits: [r-ab12] }]',
      /the baseline names no organization/,
    ],
    [
      'exemptions: [{ control: T.1, resource: a, organizationalUnit: r-ab12, owner: o, reason: r, expires: 2027-01-31 }]',
      /the baseline names no organization/,
    ],
  ])('%s is refused', (yaml, why) => {
    expect(() => parse(yaml)).toThrow(why);
  });
});

describe('the accounts that are governed', () => {
  it.each([
    ['every one but the hub', '', [inProd, inShop, inDev, atRoot]],
    ['those of a unit, and of the units below', `organizationalUnits: [${prod}]`, [inProd, inShop]],
    ['named ones alone', `accounts: ['${inDev}']`, [inDev]],
    [
      'named ones beside a unit',
      `organizationalUnits: [${shop}], accounts: ['${inDev}']`,
      [inShop, inDev],
    ],
    ['but one', `organizationalUnits: [${root}], exclude: ['${inShop}']`, [inProd, inDev, atRoot]],
  ])('are %s', (_, said, ids) => {
    expect(idIn(organization(said))).toEqual(ids);
  });

  it('are lone ones beside them, and none of another organization', () => {
    const yaml = `accounts: ['999999999999']\n${organization()}`;
    expect(counting(yaml).accounts).toEqual([inProd, inShop, inDev, atRoot, '999999999999']);
    expect(inOrganization(parse(yaml), undefined, hub).accounts).toEqual(['999999999999']);
    expect(counting(yaml, { ...roster, organization: 'o-another1234' }).accounts).toEqual([
      '999999999999',
    ]);
  });

  it.each(['SUSPENDED', 'PENDING_CLOSURE', 'CLOSED', 'LEFT', 'PENDING_ACTIVATION'])(
    'are none that is %s',
    (state) => {
      const accounts = roster.accounts.map((one) => (one.id === inDev ? { ...one, state } : one));
      expect(counting(organization(), { ...roster, accounts }).accounts).not.toContain(inDev);
    },
  );

  it('are trusted where the baseline says so of those that are governed, as they come and go', () => {
    const trusting = (known: Roster) =>
      counting(
        `controls: { T.4: { parameters: { trustedAccounts: [governed] } } }\n${organization()}`,
        known,
      ).controls['T.4']?.parameters['trustedAccounts'];
    expect(trusting(roster)).toEqual(['governed', inProd, inShop, inDev, atRoot]);
    const accounts = roster.accounts.filter(({ id }) => id !== inDev);
    expect(trusting({ ...roster, accounts })).toEqual(['governed', inProd, inShop, atRoot]);
    expect(counting(organization()).controls['T.4']?.parameters['trustedAccounts']).toEqual([]);
  });

  it('are as the baseline names them where it names no organization', () => {
    const baseline = parse("accounts: ['999999999999']\n");
    expect(inOrganization(baseline, roster, hub)).toBe(baseline);
  });

  it('have a path of units', () => {
    expect(unitPathOf(roster, inShop)).toEqual([root, prod, shop]);
    expect(unitPathOf(roster, '999999999999')).toBeUndefined();
  });
});

describe('what is said at each level', () => {
  const levels = [
    `{ organizationalUnit: ${root}, controls: { T.2: { parameters: { age: 80 } } } }`,
    `{ organizationalUnit: ${prod}, controls: { T.2: { parameters: { age: 70 } } } }`,
    `{ organizationalUnit: ${shop}, controls: { T.2: { parameters: { age: 60 } } } }`,
    `{ account: '${inShop}', controls: { T.2: { parameters: { age: 50 } } } }`,
    `{ region: eu-west-1, controls: { T.2: { parameters: { age: 40 } } } }`,
    `{ organizationalUnit: ${shop}, region: eu-west-1, controls: { T.2: { parameters: { age: 30 } } } }`,
    `{ account: '${inShop}', region: eu-west-1, controls: { T.2: { parameters: { age: 20 } } } }`,
  ];
  const ageWith = (some: readonly string[], region: string) => {
    // The order in which they are written does not count.
    const yaml = `regions: [eu-west-1]\n${organization(`overrides: [${some.toReversed().join()}]`)}`;
    const there = baselinesOf(counting(yaml), hub)(inShop, region);
    return there.controls['T.2']?.parameters;
  };

  it.each([
    [7, 20],
    [6, 30],
    [5, 40],
    [4, 50],
    [3, 60],
    [2, 70],
    [1, 80],
    [0, 90],
  ])('the nearest of %i counts, value by value', (count, expected) => {
    expect(ageWith(levels.slice(0, count), 'eu-west-1')).toEqual({ age: expected, other: 90 });
  });

  it('of a region counts there alone, and an account in other units is none the wiser', () => {
    expect(ageWith(levels, 'us-east-1')).toMatchObject({ age: 50 });
    const yaml = organization(`overrides: [${levels.slice(1, 4).join()}]`);
    const there = baselinesOf(counting(yaml), hub)(inDev, 'us-east-1');
    expect(there.controls['T.2']?.parameters).toMatchObject({ age: 90 });
    expect(baselinesOf(counting(yaml), hub)(hub, 'us-east-1').controls['T.2']?.parameters).toEqual({
      age: 90,
      other: 90,
    });
  });

  it('presets turn controls off, and below that on again', () => {
    const yaml = organization(
      `overrides: [{ organizationalUnit: ${prod}, presets: [fsbp-1.0.0] }, { organizationalUnit: ${shop}, controls: { T.2: { enabled: true } } }, { account: '${atRoot}', controls: { T.1: { enabled: false } } }]`,
    );
    const ids = (id: string) => Object.keys(baselinesOf(counting(yaml), hub)(id).controls);
    expect(ids(inProd)).toEqual(['T.1']);
    expect(ids(inShop)).toEqual(['T.1', 'T.2']);
    expect(ids(inDev)).toEqual(['T.1', 'T.2', 'T.3', 'T.4']);
    expect(ids(atRoot)).toEqual(['T.2', 'T.3', 'T.4']);
  });
});

describe('what may be put right', () => {
  const remediating = (overrides: string) =>
    counting(
      `controls: { T.1: { mode: remediate } }\n${organization(`overrides: [${overrides}]`)}`,
    );
  const modeIn = (overrides: string, id: string) =>
    baselinesOf(remediating(overrides), hub)(id).controls['T.1']?.mode;

  it('is so in units and accounts of which it is said, by the nearest word', () => {
    const said = `{ organizationalUnit: ${prod}, remediate: true }, { account: '${inShop}', remediate: false }, { account: '${atRoot}', remediate: true }`;
    expect(remediating(said).remediatedAccounts).toEqual([inProd, atRoot]);
    expect(modeIn(said, inProd)).toBe('remediate');
    expect(modeIn(said, inShop)).toBe('plan');
    expect(modeIn(said, inDev)).toBe('plan');
    expect(remediating('').remediatedAccounts).toEqual([]);
  });

  const yes = `{ organizationalUnit: ${root}, remediate: true }`;
  it.each([
    `{ organizationalUnit: ${root}, stopped: true }`,
    `{ organizationalUnit: ${prod}, stopped: true }`,
    `{ organizationalUnit: ${shop}, stopped: true }`,
    `{ account: '${inShop}', stopped: true }`,
  ])('is stopped by a word at any level: %s', (stopped) => {
    expect(modeIn(yes, inShop)).toBe('remediate');
    expect(modeIn(`${yes}, ${stopped}`, inShop)).toBe('plan');
    expect(modeIn(`${yes}, ${stopped}, { account: '${inShop}', remediate: true }`, inShop)).toBe(
      'plan',
    );
  });

  it('has the strictest limits of all levels, whichever is nearest', () => {
    const night = "{ from: '22:00', to: '04:00' }";
    const monday = "{ days: [mon], from: '00:00', to: '23:00' }";
    const all = [
      `{ organizationalUnit: ${root}, remediation: { holdHours: 48, perHour: 9, windows: [${night}] } }`,
      `{ organizationalUnit: ${prod}, remediation: { holdHours: 2, perHour: 3, windows: [${monday}] } }`,
      `{ account: '${inProd}', remediation: { holdHours: 12, perHour: 7 } }`,
    ];
    const limitsWith = (some: readonly string[]) =>
      baselinesOf(remediating(some.join()), hub)(inProd).remediation;
    expect(limitsWith(all)).toMatchObject({
      holdHours: 48,
      breaker: { perHour: 3 },
      furtherWindows: [[{ from: '22:00' }], [{ days: ['mon'] }]],
    });
    // Each level is turned off in turn.
    expect(limitsWith(all.toSpliced(0, 1))).toMatchObject({
      holdHours: 24,
      breaker: { perHour: 3 },
      furtherWindows: [[{ days: ['mon'] }]],
    });
    expect(limitsWith(all.toSpliced(1, 1))).toMatchObject({
      holdHours: 48,
      breaker: { perHour: 7 },
    });
    expect(limitsWith(all.toSpliced(2, 1))).toMatchObject({
      holdHours: 48,
      breaker: { perHour: 3 },
    });
    expect(limitsWith([])).toMatchObject({ holdHours: 24, breaker: { perHour: 20 } });
    expect(limitsWith([])).not.toHaveProperty('furtherWindows');
  });
});

describe('exemptions and operators of a unit', () => {
  const exempting = (where: string) =>
    `{ control: T.1, resource: '*', ${where}owner: o, reason: r, expires: 2027-01-31 }`;

  it('add up, each in the accounts of its unit alone', () => {
    const baseline = counting(
      `${organization()}exemptions: [${exempting(`organizationalUnit: ${shop}, `)}, ${exempting(`organizationalUnit: ${prod}, `)}, ${exempting('')}]`,
    );
    const count = (id: string) => baselinesOf(baseline, hub)(id).exemptions.length;
    expect([inShop, inProd, inDev, hub].map(count)).toEqual([2, 1, 0, 1]);
    const unlisted = inOrganization(
      parse(`${organization()}exemptions: [${exempting(`organizationalUnit: ${shop}, `)}]`),
      undefined,
      hub,
    );
    expect(baselinesOf(unlisted, hub)(inShop).exemptions).toEqual([]);
  });

  it('may ask in these accounts, and in none while nobody has listed them', () => {
    const arn = 'arn:aws:iam::123456789012:role/web';
    const yaml = `${organization()}operators: [{ arn: '${arn}', organizationalUnits: [${shop}], accounts: ['${hub}'] }]`;
    const may = (id: string, known?: Roster) =>
      operatorsFor({ ask: 'fix', account: id }, inOrganization(parse(yaml), known, hub));
    expect([inShop, hub].map((id) => may(id, roster))).toEqual([[arn], [arn]]);
    expect([inProd, inDev].map((id) => may(id, roster))).toEqual([[], []]);
    expect(may(inShop)).toEqual([]);
    const unresolved = parse(
      `${organization()}operators: [{ arn: '${arn}', organizationalUnits: [${shop}] }]`,
    );
    expect(operatorsFor({ ask: 'fix', account: inShop }, unresolved)).toEqual([]);
  });
});

describe('the roster', () => {
  const at = (minutes: number) => new Date(Date.parse('2026-06-01T00:00:00Z') + minutes * 60_000);
  const listed = (...ids: readonly string[]) => ({
    organization: 'o-abcdef1234',
    accounts: ids.map((id) => ({ id, name: id, path: [root], state: 'ACTIVE' })),
  });
  const days = 1440;

  it('has a new account swept a quarter of an hour after it was listed, once', () => {
    const first = nextRoster(undefined, listed(inProd), at(0));
    expect(sweptNow(first.accounts, at(14))).toEqual([]);
    expect(sweptNow(first.accounts, at(15)).map(({ id }) => id)).toEqual([inProd]);
    const later = nextRoster(first, listed(inProd), at(60));
    expect(later.accounts[0]).toMatchObject({
      seenAt: at(0).toISOString(),
      sweepAt: at(15).toISOString(),
    });
    const swept = withSweeps(later, new Map([[inProd, undefined]]));
    expect(sweptNow(swept.accounts, at(600))).toEqual([]);
    expect(nextRoster(swept, listed(inProd), at(61)).accounts[0]).not.toHaveProperty('sweepAt');
  });

  it('keeps an account that left for 90 days, and sweeps it when it is back', () => {
    const settings = parse(organization()).organization ?? { id: '', exclude: [], overrides: [] };
    const first = nextRoster(undefined, listed(inProd, inDev), at(0));
    const gone = nextRoster(first, listed(inProd), at(60));
    expect(endedIn(settings, gone, hub)).toMatchObject([
      { id: inDev, state: 'LEFT', endedAt: at(60).toISOString() },
    ]);
    expect(sweptNow(gone.accounts, at(6000)).map(({ id }) => id)).toEqual([inProd]);
    const still = nextRoster(gone, listed(inProd), at(120));
    expect(endedIn(settings, still, hub)[0]).toMatchObject({ endedAt: at(60).toISOString() });
    expect(nextRoster(still, listed(inProd), at(60 + 91 * days)).accounts).toHaveLength(1);
    const back = nextRoster(still, listed(inProd, inDev), at(200));
    expect(back.accounts[1]).toMatchObject({
      id: inDev,
      state: 'ACTIVE',
      sweepAt: at(215).toISOString(),
    });
    expect(back.accounts[1]).not.toHaveProperty('endedAt');
  });

  it('notes since when an account is suspended, and forgets another organization', () => {
    const first = nextRoster(undefined, listed(inDev), at(0));
    const suspended = {
      ...listed(inDev),
      accounts: [{ id: inDev, name: '', path: [root], state: 'SUSPENDED' }],
    };
    const next = nextRoster(nextRoster(first, suspended, at(60)), suspended, at(120));
    expect(next.accounts[0]).toMatchObject({ state: 'SUSPENDED', endedAt: at(60).toISOString() });
    const other = nextRoster(first, { organization: 'o-another1234', accounts: [] }, at(60));
    expect(other.accounts).toEqual([]);
  });
});
