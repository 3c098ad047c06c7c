import {
  accountLeft,
  type Members,
  membersLeft,
} from '../../../lib/cli/commands/uninstall/members-left.ts';
import type { Baseline } from '../../../lib/engine/baseline/baseline.ts';

const hub = '123456789012';
const account = '444455556666';
const regions = ['us-east-1', 'eu-west-1'];
const organization = { id: 'o-abcdef1234', exclude: [], overrides: [] };
const refused = (name: string) => Object.assign(new Error(name), { name });

/** @param made what StackSets have, or how they answer */
const members = (over: Partial<Members>, made: readonly object[] | string = []): Members => ({
  hub,
  stack: 'Plumbline',
  baseline: { homeRegion: 'us-east-1', regions } as unknown as Baseline,
  roster: undefined,
  lone: [],
  changed: [],
  hasHosts: false,
  clients: (async () => ({
    listStackInstances: async ({ StackSetName }: { StackSetName: string }) => {
      if (typeof made === 'string') throw refused(made);
      return { Summaries: StackSetName === 'PlumblineMember' ? made : [] };
    },
  })) as never,
  ...over,
});
const ofOrganization = {
  baseline: { homeRegion: 'us-east-1', regions, organization } as unknown as Baseline,
  roster: {
    organization: organization.id,
    listedAt: '2026-06-15T12:00:00.000Z',
    accounts: [
      {
        id: account,
        name: 'web',
        path: ['r-ab12', 'ou-ab12-11111111'],
        state: 'ACTIVE',
        seenAt: '',
      },
    ],
  },
};
const commandsOf = ({ left }: Awaited<ReturnType<typeof membersLeft>>) =>
  left.flatMap(({ commands }) => commands);

describe('what stands in other accounts is listed', () => {
  it('for lone accounts: what changes something first, the home region last', async () => {
    const commands = commandsOf(
      await membersLeft(members({ lone: [account], changed: [account] })),
    );
    expect(commands.slice(0, 3)).toEqual([
      'aws cloudformation delete-stack --stack-name PlumblineMemberChanges --region us-east-1',
      'aws cloudformation delete-stack --stack-name PlumblineMember --region eu-west-1',
      'aws cloudformation delete-stack --stack-name PlumblineMember --region us-east-1',
    ]);
    expect(commands.slice(3)).toHaveLength(regions.length);
    expect(commands.slice(3).every((one) => one.includes('--record-state ARCHIVED'))).toBe(true);
  });

  it('for lone accounts whose hosts are audited with their documents, before the roles', async () => {
    const [left] = (await membersLeft(members({ lone: [account], hasHosts: true }))).left;
    expect(left?.commands).toEqual([
      'aws cloudformation delete-stack --stack-name PlumblineMemberHosts --region eu-west-1',
      'aws cloudformation delete-stack --stack-name PlumblineMemberHosts --region us-east-1',
      'aws cloudformation delete-stack --stack-name PlumblineMember --region eu-west-1',
      'aws cloudformation delete-stack --stack-name PlumblineMember --region us-east-1',
    ]);
  });

  it('for an organization with what a StackSet could not remove', async () => {
    const { left, unasked } = await membersLeft(
      members(ofOrganization, [
        { Account: account, Region: 'eu-west-1', Status: 'INOPERABLE', StatusReason: 'denied' },
      ]),
    );
    expect(left[0]).toMatchObject({
      what: `a stack in account ${account}, eu-west-1, that PlumblineMember has INOPERABLE`,
      commands: [
        `aws cloudformation delete-stack-instances --stack-set-name PlumblineMember --deployment-targets OrganizationalUnitIds=ou-ab12-11111111,Accounts=${account},AccountFilterType=INTERSECTION --regions eu-west-1 --retain-stacks --region us-east-1`,
      ],
      note: 'denied; then delete the stack in that account',
    });
    expect(left[1]).toMatchObject({ name: 'PlumblineMembers' });
    expect(unasked).toEqual([]);
  });

  it('as far as it is known: who may not look StackSets up is told', async () => {
    const { unasked } = await membersLeft(members(ofOrganization, 'AccessDenied'));
    expect(unasked).toEqual([
      'what StackSets made is not known: cloudformation:ListStackInstances was refused',
    ]);
  });

  it('not at all where no other account is governed', async () => {
    expect(await membersLeft(members({}))).toEqual({ left: [], unasked: [] });
  });
});

describe('one account is taken out', () => {
  it('of an organization by exclude, then by what StackSets hold of it alone', async () => {
    const { left } = await accountLeft(
      account,
      members(ofOrganization, [
        { Account: account, Region: 'us-east-1', Status: 'CURRENT' },
        { Account: account, Region: 'eu-west-1', Status: 'CURRENT' },
        { Account: '777788889999', Region: 'eu-west-1', Status: 'CURRENT' },
      ]),
    );
    expect(left.map(({ name }) => name)).toEqual([
      'Plumbline',
      'PlumblineMembers',
      'PlumblineMember',
      `plumbline/${account}/`,
      `account ${account}`,
    ]);
    expect(left[0]?.note).toContain(`exclude of organization in the baseline names '${account}'`);
    expect(left[2]?.commands[0]).toContain('--regions eu-west-1 us-east-1 --no-retain-stacks');
  });

  it('that is lone by deleting what it deployed', async () => {
    const { left } = await accountLeft(account, members({ lone: [account] }));
    expect(left[0]?.note).toBe(`once accounts of the baseline names '${account}' no more`);
    expect(left[1]?.commands).toHaveLength(regions.length);
  });

  it.each([
    [hub, /^Plumbline stands in account 123456789012/],
    ['999999999999', /^Plumbline knows no account 999999999999; it knows no other account/],
  ])('unless it is none: %s', async (id, sentence) => {
    await expect(accountLeft(id, members({}))).rejects.toThrow(sentence);
  });
});
