import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { Clients } from '../../../lib/aws/clients.ts';
import { lookUpInstances } from '../../../lib/cli/accounts/stack-instances.ts';
import { lookAtAdministrator } from '../../../lib/cli/commands/doctor/organization/administrator.ts';
import {
  type PlaceKnown,
  stateOf,
} from '../../../lib/cli/commands/doctor/organization/place-state.ts';
import { stackSetsIn } from '../../../lib/cli/commands/doctor/organization/places.ts';
import { placesText } from '../../../lib/cli/commands/doctor/organization/places-text.ts';
import type { AccountKnown } from '../../../lib/engine/baseline/organization.ts';
import type { ResourceRow } from '../../../lib/engine/posture/row.ts';

const now = new Date('2026-06-15T12:00:00.000Z');
const hourAgo = '2026-06-15T11:00:00.000Z';
const account = '444455556666';
const region = 'eu-west-1';
const where = { account, region };

const rowOf = (verdicts: Readonly<Record<string, { status: string; reason?: string }>>) =>
  ({
    controls: Object.fromEntries(
      Object.entries(verdicts).map(([id, verdict]) => [id, { verdict, readAt: hourAgo }]),
    ),
  }) as unknown as ResourceRow;
const pass = { status: 'PASS' };
const member = (over = {}) => rowOf({ 'PL.ACCOUNT.1': pass, 'PL.ACCOUNT.2': pass, ...over });
const trails = rowOf({ 'PL.BLIND.1': pass });
const deployed = [{ set: 'PlumblineMember', state: 'CURRENT' }];
const stackSets = (instances = deployed, wanted = ['PlumblineMember']) => ({
  instances,
  wanted,
  commandOf: (set: string, isThere: boolean) => `${isThere ? 'update' : 'create'} ${set}`,
});
const well: PlaceKnown = {
  where,
  isHub: false,
  isHome: false,
  note: { ...where, sweptAt: hourAgo, heardAt: hourAgo },
  member: member(),
  ears: undefined,
  trails,
  stackSets: stackSets(),
};
const settings = { now, isEnabled: () => true };
const evaluated = (over: Partial<PlaceKnown>) => stateOf({ ...well, ...over }, settings);
const deaf = (...regions: string[]) => ({
  'PL.ACCOUNT.2': {
    status: 'FAIL',
    reason: `account ${account} does not bring all that changes in ${regions.join(', ')}`,
  },
});

describe('a region of an account is', () => {
  it('well where it lets in, brings, records, was swept, and holds what StackSets deploy', () => {
    expect(evaluated({})).toMatchObject({ status: 'PASS', faults: [], heardAt: hourAgo });
  });

  it.each<readonly [string, Partial<PlaceKnown>, readonly string[]]>([
    [
      'nobody has looked at it',
      { member: undefined },
      ['whether it lets Plumbline in was not looked at yet'],
    ],
    [
      'nobody has looked at its trails',
      { trails: undefined },
      ['whether it has a trail was not looked at yet'],
    ],
    [
      'its ears were not looked at',
      { member: rowOf({ 'PL.ACCOUNT.1': pass }) },
      ['whether it brings what changes there was not looked at yet'],
    ],
    [
      'it is deaf',
      { member: member(deaf('us-east-1', region)) },
      ['does not bring what changes there'],
    ],
    [
      'it has no trail',
      { trails: rowOf({ 'PL.BLIND.1': { status: 'FAIL', reason: 'no trail' } }) },
      ['has no trail that records what changes there'],
    ],
    [
      'it may be deaf, since the sentence that names who is was cut',
      {
        member: member({
          'PL.ACCOUNT.2': {
            status: 'FAIL',
            reason: `account ${account} does not bring all that changes in us-east-1, eu-…`,
          },
        }),
      },
      ['does not bring what changes there'],
    ],
    [
      'its ears were hidden',
      {
        member: member({
          'PL.ACCOUNT.2': { status: 'FAIL', reason: 'Plumbline may no longer read them' },
        }),
      },
      ['does not bring what changes there'],
    ],
    [
      'it was swept at a time that has not come',
      { note: { ...where, sweptAt: '9999-06-01T12:00:00.000Z' } },
      ['was not swept for more than a week'],
    ],
    ['it was never swept', { note: { ...where } }, ['was not swept yet']],
    [
      'it was swept long ago',
      { note: { ...where, sweptAt: '2026-06-01T12:00:00.000Z' } },
      ['was not swept for more than a week'],
    ],
    [
      'it refuses every read, and is in use',
      { note: { ...where, sweptAt: hourAgo, closedSince: hourAgo, heldAt: hourAgo } },
      ['refuses every read, and is in use'],
    ],
    [
      'a StackSet failed there',
      { stackSets: stackSets([{ set: 'PlumblineMember', state: 'OUTDATED (FAILED)' }]) },
      ['the StackSet PlumblineMember is OUTDATED (FAILED) there'],
    ],
    [
      'it is deaf since a StackSet deployed nothing there, as in a region that it enabled later',
      { member: member(deaf(region)), stackSets: stackSets([]) },
      [
        'does not bring what changes there',
        'the StackSet PlumblineMember has deployed nothing there',
      ],
    ],
    [
      'its hosts cannot be asked',
      { hosts: { ...where, askedAt: hourAgo, refused: 'a document is not as it was deployed' } },
      ['lets no host be asked'],
    ],
    [
      'its hosts cannot be asked since a StackSet deployed nothing there',
      {
        hosts: { ...where, askedAt: hourAgo, refused: 'no role' },
        stackSets: stackSets([], ['PlumblineMemberHosts']),
      },
      ['lets no host be asked', 'the StackSet PlumblineMemberHosts has deployed nothing there'],
    ],
    [
      'one of several StackSets deployed nothing there',
      { stackSets: stackSets(deployed, ['PlumblineMember', 'PlumblineMemberHosts']) },
      ['the StackSet PlumblineMemberHosts has deployed nothing there'],
    ],
  ])('not well where %s', (_, over, whats) => {
    const { status, faults } = evaluated(over);
    expect(status).toBe('FAIL');
    expect(faults.map(({ what }) => what)).toEqual(whats);
  });

  it('not known where that could not be read', () => {
    const unknown = { status: 'UNKNOWN', reason: 'STS is away' };
    expect(evaluated({ member: member({ 'PL.ACCOUNT.1': unknown }) })).toMatchObject({
      status: 'UNKNOWN',
      faults: [{ part: 'role', status: 'UNKNOWN', detail: 'STS is away' }],
    });
  });

  it('as its account is: where that lets nobody in, nothing else is said of it', () => {
    const refused = { status: 'FAIL', reason: 'the role is gone' };
    const { faults } = evaluated({
      member: member({ 'PL.ACCOUNT.1': refused, ...deaf(region) }),
      trails: undefined,
      note: where,
    });
    expect(faults).toEqual([
      {
        part: 'role',
        status: 'FAIL',
        what: 'does not let Plumbline in',
        detail: 'the role is gone',
      },
    ]);
  });

  it('not deaf where another one of its account is, whose name contains its own', () => {
    for (const other of ['us-east-1', 'ap-eu-west-1', 'eu-west-12'])
      expect(evaluated({ member: member(deaf(other)) })).toMatchObject({
        status: 'PASS',
        ears: 'PASS',
      });
  });

  it('not governed where it refuses every read, and nothing is known to be there', () => {
    expect(
      evaluated({ note: { ...where, closedSince: hourAgo }, stackSets: stackSets([]) }),
    ).toMatchObject({ status: 'NOT_APPLICABLE', closedSince: hourAgo, faults: [] });
  });

  it('well while a StackSet is at work, and where somebody deployed it by hand', () => {
    const running = [{ set: 'PlumblineMember', state: 'OUTDATED (RUNNING)' }];
    expect(evaluated({ stackSets: stackSets(running) }).status).toBe('PASS');
    expect(evaluated({ stackSets: stackSets([]) }).status).toBe('PASS');
  });

  it('of Plumbline’s own account judged by its own ears', () => {
    const own = { isHub: true, member: undefined, stackSets: undefined } as const;
    expect(evaluated({ ...own, isHome: true })).toMatchObject({
      status: 'PASS',
      ears: 'NOT_APPLICABLE',
    });
    expect(evaluated({ ...own, ears: rowOf({ 'PL.BLIND.7': pass }) }).status).toBe('PASS');
    expect(evaluated(own).faults).toMatchObject([{ part: 'ears' }]);
  });
});

describe('what StackSets are to make', () => {
  const found = (...sets: string[]) =>
    ({ of: () => [], by: () => [], sets, callAs: 'SELF' }) as const;
  const accountOf = { id: account, name: 'web', state: 'ACTIVE', path: ['ou-ab12-11111111'] };
  const wantedBy = (over: object, at: string) =>
    stackSetsIn(accountOf as unknown as AccountKnown, at, found('PlumblineMember'), {
      baseline: { homeRegion: 'us-east-1', controls: {}, regions: [], ...over } as never,
      hubStack: 'Plumbline',
    });

  it.each<readonly [string, object, string, readonly string[]]>([
    ['at home', {}, 'us-east-1', ['PlumblineMemberRoles', 'PlumblineMember']],
    ['elsewhere', {}, region, ['PlumblineMember']],
    ['for hosts', { hosts: {} }, region, ['PlumblineMember', 'PlumblineMemberHosts']],
    [
      'where something may be put right',
      { remediatedAccounts: [account] },
      'us-east-1',
      ['PlumblineMemberRoles', 'PlumblineMemberChanges', 'PlumblineMember'],
    ],
  ])('%s', (_, over, at, wanted) => {
    expect(wantedBy(over, at).wanted).toEqual(wanted);
  });

  it('is deployed by the StackSet, or by the stack of all where there is none yet', () => {
    const { commandOf } = wantedBy({ hosts: {} }, region);
    expect(commandOf('PlumblineMember', false)).toContain(
      'create-stack-instances --stack-set-name PlumblineMember ',
    );
    expect(commandOf('PlumblineMemberHosts', false)).toBe('npx cdk deploy -c members=true');
  });
});

describe('what doctor prints of regions', () => {
  const regions = Array.from({ length: 17 }, (_, index) => `eu-west-${index + 1}`);
  const ids = Array.from({ length: 1000 }, (_, index) => String(100_000_000_000 + index));
  const many = (over: (index: number) => Partial<PlaceKnown>) =>
    ids.flatMap((id, index) =>
      regions.map((one) => {
        const at = { account: id, region: one };
        return evaluated({ where: at, note: { ...at, sweptAt: hourAgo }, ...over(index) });
      }),
    );

  it('is one line where all of 1,000 accounts in 17 regions are well', () => {
    expect(
      placesText(
        many(() => ({})),
        false,
      ),
    ).toEqual(['1000 accounts, 17000 regions of them: 17000 well']);
  });

  it('names what is wrong once, with the first accounts, and how many there are', () => {
    const lines = placesText(
      many((index) => (index % 2 === 0 ? {} : { trails: undefined })),
      false,
    );
    expect(lines.length).toBeLessThan(20);
    expect(lines[0]).toContain('8500 regions of 500 accounts: whether it has a trail was not');
    expect(lines[1]).toContain(`${ids[1]}  eu-west-1, eu-west-2, eu-west-3, eu-west-4 and 13 more`);
    expect(lines.at(-2)).toContain('and 490 more accounts: --json names each');
    expect(lines.at(-1)).toBe('1000 accounts, 17000 regions of them: 8500 well, 8500 not well');
  });

  it('is a line of each where they are few, or all are asked for', () => {
    expect(placesText([evaluated({})], false)[0]).toMatch(
      /^ok +444455556666 +eu-west-1 +role ok +trail ok +ears ok +heard 2026-06-15T11:00:00.000Z +swept .* StackSets CURRENT$/,
    );
    expect(
      placesText(
        many(() => ({})),
        true,
      ),
    ).toHaveLength(17_001);
  });

  it('says the command of what failed', () => {
    const failed = evaluated({
      stackSets: stackSets([{ set: 'PlumblineMember', state: 'INOPERABLE' }]),
    });
    expect(placesText([failed], false)).toContain('           update PlumblineMember');
  });
});

const clientsOf = (client: object): Clients => (async () => client) as unknown as Clients;
const refused = (name: string) => Object.assign(new Error(`no: ${name}`), { name });

describe('what StackSets made', () => {
  it('is looked up as whoever administers them, page by page', async () => {
    const asked: unknown[] = [];
    const listStackInstances: Pick<CloudFormation, 'listStackInstances'>['listStackInstances'] =
      (async (input: { StackSetName: string; CallAs: string; NextToken?: string }) => {
        asked.push(input);
        if (input.CallAs === 'SELF') throw refused('AccessDenied');
        if (input.StackSetName !== 'PlumblineMember') throw refused('StackSetNotFoundException');
        const Summaries = [
          { Account: input.NextToken ?? account, Region: region, Status: 'OUTDATED' },
        ];
        return input.NextToken ? { Summaries } : { Summaries, NextToken: '777788889999' };
      }) as never;
    const found = await lookUpInstances('Plumbline', clientsOf({ listStackInstances }));
    if (typeof found === 'string') throw new Error(found);
    expect(found).toMatchObject({ callAs: 'DELEGATED_ADMIN', sets: ['PlumblineMember'] });
    for (const id of [account, '777788889999'])
      expect(found.of({ account: id, region })).toEqual([
        { set: 'PlumblineMember', state: 'OUTDATED' },
      ]);
    expect(asked).toHaveLength(1 + 5);
  });

  it.each([
    ['AccessDenied', 'cloudformation:ListStackInstances was refused'],
    ['StackSetNotFoundException', 'this account administers none of that name'],
  ])('is said not to be known: %s', async (name, why) => {
    const listStackInstances = async () => {
      throw refused(name);
    };
    expect(await lookUpInstances('Plumbline', clientsOf({ listStackInstances }))).toBe(
      `what StackSets made is not known: ${why}`,
    );
  });
});

describe('custom actions on findings of other accounts are', () => {
  const lookedAt = (listDelegatedAdministrators: () => Promise<unknown>) =>
    lookAtAdministrator(account, clientsOf({ listDelegatedAdministrators }));

  it('on where Plumbline stands in the delegated administrator of Security Hub', async () => {
    const answer = { DelegatedAdministrators: [{ Id: account }] };
    expect(await lookedAt(async () => answer)).toMatchObject({ status: 'PASS' });
  });

  it.each([
    [[], /are off: Security Hub has no delegated administrator/],
    [[{ Id: '777788889999' }], /are off: the delegated administrator .* is 777788889999/],
  ])('off where it is another one, or none: %j', async (DelegatedAdministrators, sentence) => {
    const told = await lookedAt(async () => ({ DelegatedAdministrators }));
    expect(told).toMatchObject({ status: 'FAIL', sentence: expect.stringMatching(sentence) });
  });

  it('not known where that may not be asked', async () => {
    const told = await lookedAt(async () => {
      throw refused('AccessDeniedException');
    });
    expect(told).toMatchObject({ status: 'UNKNOWN' });
  });
});
