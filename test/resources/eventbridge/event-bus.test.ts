import { eventBus } from '../../../lib/resources/eventbridge/event-bus.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(eventBus);

const facets = Object.keys(eventBus.facets);
const aws = awsForTests();
const read = async (id: string, ...names: string[]) => {
  const reading = await aws.reader().read(eventBus, refOf(id), names);
  return reading.gone ? 'gone' : reading.facets;
};
const [full, bare] = ['read-bus-full', 'read-bus-bare'];
const arnOf = (name: string) => `arn:aws:events:${region}:${accountId}:event-bus/${name}`;
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'partner',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::444455556666:root' },
      Action: 'events:PutEvents',
      Resource: arnOf(full),
    },
  ],
});

describe('an event bus', () => {
  beforeAll(async () => {
    const events = await aws.clients()('eventbridge');
    await events.createEventBus({ Name: full, Tags: [{ Key: 'data', Value: 'secret' }] });
    await events.putPermission({ EventBusName: full, Policy: policy });
    await events.createEventBus({ Name: bare });
  }, 60_000);

  it('shows its policy, and none where there is none', async () => {
    const { policy: shown } = Object(await read(full, 'policy'));
    expect(JSON.parse(shown.value)).toEqual(JSON.parse(policy));
    expect(await read(bare, 'policy')).toEqual({ policy: { value: undefined } });
    expect(await read('default', 'policy')).toEqual({ policy: { value: undefined } });
  });

  it.each(facets)('that is not there is gone when its %s is read', async (facet) => {
    expect(await read('never-made', facet)).toBe('gone');
  });

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(eventBus, 'example')).toEqual(
      Object.fromEntries([...facets, 'about'].map((facet) => [facet, denied])),
    );
  }, 60_000);

  it('tells its ARN and tags', async () => {
    expect(await read(full, 'about')).toEqual({
      about: { value: { arn: arnOf(full), tags: { data: 'secret' } } },
    });
  });

  it('is listed, the default one among them', async () => {
    const { resources } = await eventBus.live.list.page(aws.reader(), undefined);
    expect(resources.map(({ id }) => id)).toEqual(expect.arrayContaining([full, 'default']));
  });

  const idsOf = (call: string, detail: object) =>
    eventBus.live.announcements.flatMap((one) =>
      one.via === 'cloudtrail' && call in one.calls
        ? [one.idsIn({ eventName: call, ...detail }, accountId)]
        : [],
    );
  it.each<[string, string, object, unknown]>([
    ['its name', 'PutPermission', { requestParameters: { eventBusName: 'orders' } }, ['orders']],
    [
      'its ARN',
      'RemovePermission',
      { requestParameters: { eventBusName: arnOf('orders') } },
      ['orders'],
    ],
    [
      'no name, which is the default bus',
      'PutPermission',
      { requestParameters: { statementId: 'a' } },
      ['default'],
    ],
    ['nothing at all', 'PutPermission', {}, 'all'],
    [
      'the name that it is made with',
      'CreateEventBus',
      { requestParameters: { name: 'orders' } },
      ['orders'],
    ],
  ])('is named by %s', (_, call, detail, ids) => {
    expect(idsOf(call, detail)).toEqual([ids]);
  });
});
