import { hostedZone } from '../../../lib/resources/route53/hosted-zone.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(hostedZone);

const facets = Object.keys(hostedZone.facets);
const aws = awsForTests();
const read = async (id: string, ...names: string[]) => {
  const reading = await aws.reader().read(hostedZone, refOf(id), names);
  return reading.gone ? 'gone' : reading.facets;
};
const made = { logged: '', bare: '', hidden: '', unheard: '' };
const logGroupOf = (name: string) => `arn:aws:logs:${region}:${accountId}:log-group:${name}`;
const [kept, lost] = ['/aws/route53/kept.example', '/aws/route53/lost.example'];

beforeAll(async () => {
  const route53 = await aws.clients()('route53');
  const logs = await aws.clients()('logs');
  const create = async (Name: string, isPrivate = false) => {
    const { HostedZone } = await route53.createHostedZone({
      ...{ Name, CallerReference: Name },
      ...(isPrivate ? { VPC: { VPCRegion: region, VPCId: 'vpc-1a2b3c4d' } } : {}),
      HostedZoneConfig: { PrivateZone: isPrivate },
    });
    return HostedZone?.Id?.split('/').at(-1) ?? '';
  };
  made.logged = await create('kept.example');
  made.unheard = await create('lost.example');
  made.bare = await create('bare.example');
  made.hidden = await create('hidden.example', true);
  const logging = async (HostedZoneId: string, logGroupName: string) => {
    await logs.createLogGroup({ logGroupName });
    await route53.createQueryLoggingConfig({
      HostedZoneId,
      CloudWatchLogsLogGroupArn: `${logGroupOf(logGroupName)}:*`,
    });
  };
  // One whose name begins with the other's is another.
  await logs.createLogGroup({ logGroupName: `${lost}/old` });
  await logging(made.logged, kept);
  await logging(made.unheard, lost);
  await logs.deleteLogGroup({ logGroupName: lost });
  await route53.changeTagsForResource({
    ...{ ResourceType: 'hostedzone', ResourceId: made.logged },
    AddTags: [{ Key: 'data', Value: 'public' }],
  });
}, 60_000);

describe('a hosted zone', () => {
  it('shows where its queries are logged', async () => {
    expect(await read(made.logged, ...facets)).toEqual({
      zone: { value: { isPrivate: false } },
      queryLogging: { value: { logGroup: logGroupOf(kept), isThere: true } },
    });
  });

  it('shows that the log group of its queries is gone', async () => {
    expect(await read(made.unheard, 'queryLogging')).toEqual({
      queryLogging: { value: { logGroup: logGroupOf(lost), isThere: false } },
    });
  });

  it('that logs nothing shows no log group, although others log', async () => {
    expect(await read(made.bare, ...facets)).toEqual({
      zone: { value: { isPrivate: false } },
      queryLogging: { value: undefined },
    });
  });

  it('of a VPC is private', async () => {
    expect(await read(made.hidden, ...facets)).toEqual({
      zone: { value: { isPrivate: true } },
      queryLogging: { value: undefined },
    });
  });

  it.each(facets)('that is not there is gone when its %s is read', async (facet) => {
    expect(await read('Z0000000000000', facet)).toBe('gone');
  });

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(hostedZone, 'Z0000000000000')).toEqual(
      Object.fromEntries([...facets, 'about'].map((facet) => [facet, denied])),
    );
  }, 60_000);

  it('tells its ARN and tags', async () => {
    expect(await read(made.logged, 'about')).toEqual({
      about: {
        value: { arn: `arn:aws:route53:::hostedzone/${made.logged}`, tags: { data: 'public' } },
      },
    });
  });

  it('is listed with whether it is private', async () => {
    const { resources } = await hostedZone.live.list.page(aws.reader(), undefined);
    const one = (id: string, isPrivate: boolean) => ({ id, facets: { zone: { isPrivate } } });
    expect(resources).toEqual(
      expect.arrayContaining([one(made.bare, false), one(made.hidden, true)]),
    );
  });

  const idsIn = (eventName: string, detail: object) =>
    hostedZone.live.announcements
      .filter((one) => one.via === 'cloudtrail' && Object.hasOwn(one.calls, eventName))
      .map((one) => one.idsIn({ eventName, awsRegion: region, ...detail }, accountId));
  const answered = { responseElements: { hostedZone: { id: '/hostedzone/Z1PA6795UKMFR9' } } };
  it.each<[string, object, unknown]>([
    ['CreateHostedZone', answered, ['Z1PA6795UKMFR9']],
    ['DeleteHostedZone', { requestParameters: { id: 'Z1PA6795UKMFR9' } }, ['Z1PA6795UKMFR9']],
    [
      'CreateQueryLoggingConfig',
      { requestParameters: { hostedZoneId: '/hostedzone/Z1PA6795UKMFR9' } },
      ['Z1PA6795UKMFR9'],
    ],
    ['DeleteQueryLoggingConfig', { requestParameters: { id: '87654321-dcba' } }, 'all'],
    ['DeleteLogGroup', { requestParameters: { logGroupName: kept } }, 'all'],
    ['DeleteLogGroup', { awsRegion: 'eu-west-1', requestParameters: { logGroupName: kept } }, []],
    ['CreateLogGroup', { requestParameters: { logGroupName: kept } }, 'all'],
    ['CreateLogGroup', { requestParameters: { logGroupName: '/aws/lambda/resize' } }, []],
    ['DeleteLogGroup', { requestParameters: { logGroupName: '/aws/lambda/resize' } }, []],
    ['DeleteLogGroup', {}, 'all'],
  ])('is named by %s %j', (eventName, detail, ids) => {
    expect(idsIn(eventName, detail)).toEqual([ids]);
  });
});
