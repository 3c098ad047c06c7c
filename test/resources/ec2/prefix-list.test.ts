import type { EC2 } from '@aws-sdk/client-ec2';
import { prefixList } from '../../../lib/resources/ec2/prefix-list.ts';
import { accountId as account, awsForTests, refOf } from '../aws.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(prefixList, {
  'entries: absent': 'moto shows no entries of a list that is not there',
  'a resource that is gone': 'a list that is not there has no entries: who names it is told so',
});

const aws = awsForTests();
const facets = ['entries', 'owner'];
const gone = ['owner', 'capacity'];

describe('a prefix list', () => {
  let ec2: EC2;
  const create = async (cidrs: readonly string[]) => {
    const { PrefixList } = await ec2.createManagedPrefixList({
      PrefixListName: 'offices',
      AddressFamily: 'IPv4',
      MaxEntries: 5,
      Entries: cidrs.map((Cidr) => ({ Cidr })),
      TagSpecifications: [{ ResourceType: 'prefix-list', Tags: [{ Key: 'team', Value: 'net' }] }],
    });
    return PrefixList?.PrefixListId ?? '';
  };
  const values = async (id: string) => {
    const reading = await aws.reader().read(prefixList, refOf(id), facets);
    if (reading.gone) throw new Error(`${id} is gone`);
    return reading.facets;
  };
  const listed = async () => (await prefixList.live.list.page(aws.reader(), undefined)).resources;

  beforeAll(async () => {
    ec2 = await aws.clients()('ec2');
    // moto loads its EC2 with the first call, which takes seconds.
    await ec2.describeManagedPrefixLists();
  }, 60_000);

  test('it shows its entries and its owner', async () => {
    expect(await values(await create(['203.0.113.0/24', '198.51.100.0/24']))).toEqual({
      entries: { value: ['203.0.113.0/24', '198.51.100.0/24'] },
      owner: { value: account },
    });
  });

  test('it may have more entries than it has', async () => {
    const id = await create(['203.0.113.0/24']);
    expect(await aws.reader().read(prefixList, refOf(id), ['capacity'])).toMatchObject({
      facets: { capacity: { value: { family: 'IPv4', maxEntries: 5 } } },
    });
  });

  test('one that is not there has no owner', async () => {
    const read = await aws.reader().read(prefixList, refOf('pl-0123456789abcdef0'), gone);
    expect(read).toMatchObject({
      facets: Object.fromEntries(gone.map((facet) => [facet, { value: undefined }])),
    });
  });

  test('it may be empty', async () => {
    expect(await values(await create([]))).toMatchObject({ entries: { value: [] } });
  });

  test('its entries change with its version', async () => {
    const id = await create(['203.0.113.0/24']);
    await ec2.modifyManagedPrefixList({
      PrefixListId: id,
      CurrentVersion: 1,
      AddEntries: [{ Cidr: '0.0.0.0/0' }],
      RemoveEntries: [{ Cidr: '203.0.113.0/24' }],
    });
    expect(await values(id)).toMatchObject({ entries: { value: ['0.0.0.0/0'] } });
  });

  test('one that AWS keeps is read like any other', async () => {
    const found = (await listed()).find(({ facets: shown }) => shown?.owner === 'AWS');
    expect(await values(found?.id ?? '')).toMatchObject({
      entries: { value: expect.arrayContaining([expect.stringContaining('/')]) },
      owner: { value: 'AWS' },
    });
  });

  test('a listing shows every list and its owner', async () => {
    const id = await create(['203.0.113.0/24']);
    expect(await listed()).toContainEqual({ id, facets: { owner: account } });
  });

  test('its ARN and tags', async () => {
    const id = await create([]);
    expect(await prefixList.about.read(aws.reader(), refOf(id))).toEqual({
      arn: `arn:aws:ec2:us-east-1:${account}:prefix-list/${id}`,
      tags: { team: 'net' },
    });
  });
});

test.each([
  [
    'ModifyManagedPrefixList',
    { ModifyManagedPrefixListRequest: { PrefixListId: 'pl-1', AddEntry: { Cidr: '0.0.0.0/0' } } },
  ],
  [
    'RestoreManagedPrefixListVersion',
    { RestoreManagedPrefixListVersionRequest: { PrefixListId: 'pl-1', PreviousVersion: 1 } },
  ],
])('%s names the list', (call, requestParameters) => {
  const ids = prefixList.live.announcements.flatMap((one) =>
    one.via === 'cloudtrail' && call in one.calls
      ? [one.idsIn({ requestParameters }, account)]
      : [],
  );
  expect(ids).toEqual([['pl-1']]);
});
