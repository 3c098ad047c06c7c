import type { EC2 } from '@aws-sdk/client-ec2';
import { createReader } from '../../../lib/aws/reader.ts';
import type { EventDetail } from '../../../lib/model/resource-type.ts';
import { securityGroup } from '../../../lib/resources/ec2/security-group.ts';
import { comparableRules } from '../../../lib/resources/ec2/security-group-rules.ts';
import { accountId as account, awsForTests, refOf, region } from '../aws.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(securityGroup);

const aws = awsForTests();
const facets = ['group', 'rules', 'prefixLists', 'prefixListOwners'];
/** Read only where a plan is wanted, so that not every evaluator may. */
const planFacets = ['identifiedRules', 'interfaces', 'prefixListCapacities'];

describe('a security group', () => {
  let ec2: EC2;
  let web = '';
  let list = '';
  const values = async (id: string) => {
    const reading = await aws.reader().read(securityGroup, refOf(id), facets);
    if (reading.gone) throw new Error(`${id} is gone`);
    const read = Object.entries(reading.facets);
    return Object.fromEntries(read.map(([name, one]) => [name, 'value' in one && one.value]));
  };
  const listed = async () => {
    const { resources } = await securityGroup.live.list.page(aws.reader(), undefined);
    return new Map(resources.map(({ id, facets: found }) => [id, found]));
  };
  const bare = async (name: string) => {
    const { GroupId = '' } = await ec2.createSecurityGroup({ GroupName: name, Description: name });
    await ec2.revokeSecurityGroupEgress({
      GroupId,
      IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    });
    return GroupId;
  };

  beforeAll(async () => {
    ec2 = await aws.clients()('ec2');
    const { PrefixList } = await ec2.createManagedPrefixList({
      PrefixListName: 'offices',
      AddressFamily: 'IPv4',
      MaxEntries: 5,
      Entries: [{ Cidr: '198.51.100.0/24' }, { Cidr: '203.0.113.0/24' }],
    });
    list = PrefixList?.PrefixListId ?? '';
    const { GroupId = '' } = await ec2.createSecurityGroup({
      GroupName: 'web',
      Description: 'web',
      TagSpecifications: [
        { ResourceType: 'security-group', Tags: [{ Key: 'team', Value: 'shop' }] },
      ],
    });
    web = GroupId;
    await ec2.authorizeSecurityGroupIngress({
      GroupId: web,
      IpPermissions: [
        {
          IpProtocol: 'tcp',
          FromPort: 22,
          ToPort: 23,
          IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'inside' }, { CidrIp: '0.0.0.0/0' }],
          Ipv6Ranges: [{ CidrIpv6: '::/0' }],
          PrefixListIds: [{ PrefixListId: list }],
          UserIdGroupPairs: [{ GroupId: web }],
        },
        { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
      ],
    });
  }, 60_000);

  test('each peer of a rule is a rule', async () => {
    const ssh = { direction: 'ingress', protocol: 'tcp', fromPort: 22, toPort: 23 };
    const { rules } = await values(web);
    expect(rules).toHaveLength(7);
    expect(rules).toEqual(
      expect.arrayContaining([
        { ...ssh, peer: { kind: 'network', cidr: '10.0.0.0/8' }, description: 'inside' },
        { ...ssh, peer: { kind: 'network', cidr: '0.0.0.0/0' } },
        { ...ssh, peer: { kind: 'network', cidr: '::/0' } },
        { ...ssh, peer: { kind: 'prefixList', id: list } },
        { ...ssh, peer: { kind: 'group', id: web, account } },
        {
          ...{ direction: 'ingress', protocol: 'icmp', fromPort: 8, toPort: -1 },
          peer: { kind: 'network', cidr: '10.0.0.0/8' },
        },
        { direction: 'egress', protocol: '-1', peer: { kind: 'network', cidr: '0.0.0.0/0' } },
      ]),
    );
  });

  test('it shows its name, and what the prefix lists of its rules hold', async () => {
    expect(await values(web)).toMatchObject({
      group: { name: 'web', owner: account },
      prefixLists: { [list]: ['198.51.100.0/24', '203.0.113.0/24'] },
      prefixListOwners: { [list]: account },
    });
  });

  test('one call shows all but the prefix lists', async () => {
    const calls: string[] = [];
    const onCall = (_: string, operation: string) => calls.push(operation);
    const reader = createReader({ account, region, clients: aws.clients(), onCall });
    await reader.read(securityGroup, refOf(web), [...facets, 'about']);
    expect(calls.toSorted()).toEqual([
      'describeManagedPrefixLists',
      'describeSecurityGroups',
      'getManagedPrefixListEntries',
    ]);
  });

  const forPlans = async (id: string) => {
    const reader = createReader({ account, region, clients: aws.clients() });
    const reading = await reader.read(securityGroup, refOf(id), planFacets);
    if (reading.gone) throw new Error(`${id} is gone`);
    return reading.facets;
  };

  test('for a plan it shows the ids and tags of its rules, and how much its prefix lists count', async () => {
    const id = await bare('tagged');
    const { SecurityGroupRules = [] } = await ec2.authorizeSecurityGroupIngress({
      GroupId: id,
      IpPermissions: [
        {
          ...{ IpProtocol: 'tcp', FromPort: 22, ToPort: 23 },
          IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'inside' }],
          Ipv6Ranges: [{ CidrIpv6: 'fd00::/8' }],
          PrefixListIds: [{ PrefixListId: list }],
          UserIdGroupPairs: [{ GroupId: web }],
        },
      ],
      TagSpecifications: [
        { ResourceType: 'security-group-rule', Tags: [{ Key: 'team', Value: 'net' }] },
      ],
    });
    const { identifiedRules, prefixListCapacities } = await forPlans(id);
    const { rules } = await values(id);
    expect(prefixListCapacities).toEqual({ value: { [list]: { family: 'IPv4', maxEntries: 5 } } });
    expect(identifiedRules).toMatchObject({
      value: SecurityGroupRules.map((one) => ({
        id: one.SecurityGroupRuleId,
        tags: { team: 'net' },
      })),
    });
    const untagged = [Object(identifiedRules).value].flat().map(({ tags: _, ...one }) => one);
    expect(comparableRules(untagged)).toEqual(comparableRules(rules));
    await ec2.deleteSecurityGroup({ GroupId: id });
  });

  test('for a plan it shows the network interfaces that use it', async () => {
    const id = await bare('used');
    expect(await forPlans(id)).toMatchObject({ interfaces: { value: [] } });
    const { Subnets } = await ec2.describeSubnets();
    const { NetworkInterface } = await ec2.createNetworkInterface({
      SubnetId: Subnets?.[0]?.SubnetId,
      Groups: [id],
    });
    expect(await forPlans(id)).toMatchObject({
      interfaces: { value: [NetworkInterface?.NetworkInterfaceId] },
    });
  });

  test('a group without rules has none to show', async () => {
    expect(await values(await bare('empty'))).toMatchObject({
      rules: [],
      prefixLists: {},
      prefixListOwners: {},
    });
  });

  test('its ARN and tags', async () => {
    const about = await securityGroup.about.read(aws.reader(), refOf(web));
    expect(about).toEqual({ arn: securityGroup.arn?.(refOf(web)), tags: { team: 'shop' } });
  });

  test('a listing shows what reading would, and prefix lists where there are none', async () => {
    const empty = await bare('listed');
    const found = await listed();
    expect(found.get(empty)).toEqual(await values(empty));
    const { prefixLists: _, prefixListOwners: __, ...read } = await values(web);
    expect(found.get(web)).toEqual(read);
  });

  test('only groups whose rules name a prefix list borrow from it', async () => {
    const [lender] = securityGroup.facets.prefixLists.borrowedFrom;
    const found = [...(await listed())].filter(([id, shown]) =>
      lender.isBorrowedBy(list, { id, ...(shown ? { facets: shown } : {}) }),
    );
    expect(found.map(([id]) => id)).toEqual([web]);
  });

  test('a group that was deleted is gone', async () => {
    const id = await bare('deleted');
    await ec2.deleteSecurityGroup({ GroupId: id });
    const reading = await aws.reader().read(securityGroup, refOf(id), ['rules']);
    expect(reading).toMatchObject({ gone: true });
  });
});

test('rules are the same whatever their ids, their order and the ports that mean nothing', () => {
  const all = {
    ...{ direction: 'ingress', protocol: '-1', tags: {} },
    peer: { kind: 'network', cidr: '10.0.0.0/8' },
  };
  const tcp = { ...all, protocol: 'tcp' };
  const one = [
    { ...all, id: 'sgr-1', fromPort: -1, toPort: -1 },
    { ...tcp, id: 'sgr-2' },
  ];
  const other = [
    { ...tcp, id: 'sgr-3', fromPort: 0, toPort: 65_535 },
    { ...all, id: 'sgr-4' },
  ];
  expect(comparableRules(one)).toEqual(comparableRules(other));
  const narrower = [
    { ...tcp, id: 'sgr-2', fromPort: 0, toPort: 21 },
    { ...all, id: 'sgr-1' },
  ];
  expect(comparableRules(narrower)).not.toEqual(comparableRules(other));
});

describe('events about security groups', () => {
  const idsIn = (call: string, detail: EventDetail) =>
    securityGroup.live.announcements.flatMap((one) =>
      one.via === 'cloudtrail' && call in one.calls ? [one.idsIn(detail, account)] : [],
    );

  test.each([
    [
      'AuthorizeSecurityGroupIngress',
      { groupId: 'sg-1', ipProtocol: 'tcp', fromPort: 22, cidrIp: '0.0.0.0/0', ipPermissions: {} },
    ],
    [
      'AuthorizeSecurityGroupIngress',
      {
        groupId: 'sg-1',
        ipPermissions: { items: [{ ipProtocol: '-1', groups: {}, ipRanges: {} }] },
      },
    ],
    ['AuthorizeSecurityGroupEgress', { groupId: 'sg-1' }],
    ['RevokeSecurityGroupIngress', { groupId: 'sg-1', securityGroupRuleIds: { items: [] } }],
    ['RevokeSecurityGroupEgress', { groupId: 'sg-1' }],
    [
      'ModifySecurityGroupRules',
      { ModifySecurityGroupRulesRequest: { GroupId: 'sg-1', SecurityGroupRule: { tag: 1 } } },
    ],
    ['UpdateSecurityGroupRuleDescriptionsIngress', { groupId: 'sg-1' }],
    ['DeleteSecurityGroup', { groupId: 'sg-1' }],
  ])('%s %j names the group', (call, requestParameters) => {
    expect(idsIn(call, { eventName: call, requestParameters })).toEqual([['sg-1']]);
  });

  test('CreateSecurityGroup answers with the id', () => {
    const detail = {
      requestParameters: { groupName: 'web', vpcId: 'vpc-1' },
      responseElements: { _return: true, groupId: 'sg-1' },
    };
    expect(idsIn('CreateSecurityGroup', detail)).toEqual([['sg-1']]);
  });

  test.each([
    ['AuthorizeSecurityGroupIngress', { groupName: 'web' }],
    ['DeleteSecurityGroup', { groupName: 'web' }],
    ['CreateVpc', { cidrBlock: '10.0.0.0/16' }],
    ['CreateDefaultVpc', null],
    ['DeleteVpc', { vpcId: 'vpc-1' }],
  ])('%s %j can be about any', (call, requestParameters) => {
    expect(idsIn(call, { requestParameters })).toEqual(['all']);
  });
});
