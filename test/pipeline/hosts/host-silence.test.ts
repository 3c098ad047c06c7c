import { hostResults } from '../../../lib/pipeline/hosts/results/host-results.ts';
import { givenHost } from '../../fakes/given-host.ts';

const { world, setRunning, ask, audit, statusOf, picture } = givenHost();
const minute = 60_000;

describe('a host that does not answer', () => {
  it('is as it was where the command never reached it', async () => {
    await audit();
    const before = picture();
    world().onSend(() => setRunning(false));
    await ask();
    world().later(61 * minute);
    expect(await world().listen()).toEqual([{ dropped: 'failed' }, { dropped: 'failed' }]);
    expect(picture()).toEqual(before);
  });

  const since = '2026-06-14T00:00:00.000Z';
  const silent = () => hostResults([{ type: 'silent', host: 'i-1', since }], world().hosts);

  it('fails, with all that was known of it as it was, until it answers again', async () => {
    await audit();
    world().later(minute);
    await silent();
    expect(world().findingOf('i-1', 'PL.HOST.1')).toMatchObject({
      Compliance: { Status: 'FAILED' },
      ProductFields: {
        'plumbline/reason': `the host runs and has answered no audit since ${since}`,
      },
    });
    expect(statusOf('PL.SSH.1')).toBe('PASSED');
    await audit();
    expect(world().findingOf('i-1', 'PL.HOST.1')).toMatchObject({
      Compliance: { Status: 'PASSED' },
      Workflow: { Status: 'RESOLVED' },
    });
  });

  it('is not silent where it is stopped', async () => {
    await audit();
    world().states.set('i-1', 'stopped');
    world().later(minute);
    await silent();
    expect(statusOf('PL.HOST.1')).toBe('PASSED');
  });

  it.each([
    ['is gone', undefined],
    ['is terminated', 'terminated'],
  ])('is archived and forgotten where it %s', async (_, state) => {
    await audit();
    if (state === undefined) world().states.delete('i-1');
    else world().states.set('i-1', state);
    world().later(minute);
    await silent();
    expect(world().findingOf('i-1', 'PL.SSH.1')?.RecordState).toBe('ARCHIVED');
    const known: string[] = [];
    for await (const { id } of world().hosts.inventory.hosts()) known.push(id);
    expect(known).toEqual([]);
  });
});

it('archives what is terminated, and nothing brings it back', async () => {
  await ask();
  const late = await world().heard();
  await hostResults(late.slice(0, 1), world().hosts);
  world().later(minute);
  await hostResults([{ type: 'terminated', host: 'i-1' }], world().hosts);
  await hostResults(late, world().hosts);
  expect(world().findingOf('i-1', 'PL.SSH.1')?.RecordState).toBe('ARCHIVED');
  expect(world().findingOf('i-1', 'PL.NET.1')).toBeUndefined();
});

it('keeps no row of an instance that was never a host', async () => {
  await hostResults([{ type: 'terminated', host: 'i-9' }], world().hosts);
  expect(world().rowOf('i-9')).toBeUndefined();
});
