import { athenaWorkGroup } from '../../../lib/resources/athena/athena-work-group.ts';
import { athena } from '../../../lib/services/athena.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';
import type { RecordedCalls } from '../recorded-calls.ts';

seesEveryFacet(athenaWorkGroup);

const { eventSource } = athena;
const ids = ['orders'];
/** From the SDK's requests. */
export const recordedCalls: RecordedCalls = [
  { eventSource, eventName: 'UpdateWorkGroup', requestParameters: { workGroup: 'orders' }, ids },
  { eventSource, eventName: 'CreateWorkGroup', requestParameters: { name: 'orders' }, ids },
];

const aws = awsForTests();
const read = async (id: string, ...names: string[]) => {
  const reading = await aws.reader().read(athenaWorkGroup, refOf(id), names);
  return reading.gone ? 'gone' : reading.facets;
};
const [full, bare] = ['read-group-full', 'read-group-bare'];
const arnOf = (name: string) => `arn:aws:athena:${region}:${accountId}:workgroup/${name}`;

describe('a workgroup of Athena', () => {
  beforeAll(async () => {
    const athena = await aws.clients()('athena');
    await athena.createWorkGroup({
      Name: full,
      Configuration: { PublishCloudWatchMetricsEnabled: true },
      Tags: [{ Key: 'data', Value: 'secret' }],
    });
    await athena.createWorkGroup({ Name: bare });
  }, 60_000);

  // https://docs.aws.amazon.com/athena/latest/ug/workgroups-control-limits.html: off for `primary`, and by the API.
  it.each([
    [full, true],
    [bare, false],
    ['primary', false],
  ])('%s publishes metrics: %s', async (id, publishesMetrics) => {
    expect(await read(id, 'workGroup')).toEqual({ workGroup: { value: { publishesMetrics } } });
  });

  it.each(['workGroup', 'about'])('that is not there is gone when its %s is read', async (name) => {
    expect(await read('never-made', name)).toBe('gone');
  });

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(athenaWorkGroup, full)).toEqual({
      workGroup: denied,
      about: denied,
    });
  }, 60_000);

  it('tells its ARN and tags, and is listed', async () => {
    const about = { arn: arnOf(full), tags: { data: 'secret' } };
    expect(await read(full, 'about')).toEqual({ about: { value: about } });
    const { resources } = await athenaWorkGroup.live.list.page(aws.reader(), undefined);
    expect(resources).toEqual(
      expect.arrayContaining([{ id: full }, { id: bare }, { id: 'primary' }]),
    );
  });
});

it('a workgroup that an event does not name is any', () => {
  const [announcement] = athenaWorkGroup.live.announcements;
  const detail = { eventName: 'UpdateWorkGroup', requestParameters: {} };
  expect(announcement?.idsIn(detail, accountId)).toEqual('all');
});
