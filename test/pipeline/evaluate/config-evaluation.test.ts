import { evaluateForConfig } from '../../../lib/pipeline/evaluate/config-evaluation.ts';
import { createWorld, denied, findingIn, type World } from '../../fakes/fake-resource.ts';

const asked = (item: object = {}, more: object = {}) => ({
  invokingEvent: JSON.stringify({
    messageType: 'ConfigurationItemChangeNotification',
    configurationItem: {
      resourceType: 'Plumbline::House',
      resourceId: 'house-0123',
      resourceName: 'home',
      configurationItemStatus: 'OK',
      configurationItemCaptureTime: '2026-06-15T11:59:58.000Z',
      ...item,
    },
  }),
  resultToken: 'token',
  ...more,
});
const home = (front: 'open' | 'shut'): World => {
  const world = createWorld();
  world.doors.set('home', { front, back: 'shut' });
  return world;
};

describe("a custom rule's question", () => {
  it('is answered with the ids that it came with, and what failed', async () => {
    const world = home('open');
    await evaluateForConfig(asked(), world.runtime);
    expect(world.evaluations).toEqual([
      {
        Evaluations: [
          {
            ComplianceResourceType: 'Plumbline::House',
            ComplianceResourceId: 'house-0123',
            ComplianceType: 'NON_COMPLIANT',
            Annotation: 'T.1: the front door is open',
            OrderingTimestamp: new Date('2026-06-15T11:59:58.000Z'),
          },
        ],
        ResultToken: 'token',
        TestMode: false,
      },
    ]);
    expect(findingIn(world, 'T.1')?.Compliance?.Status).toBe('FAILED');
  });

  it('is answered COMPLIANT without an annotation', async () => {
    const answer = await evaluateForConfig(asked(), home('shut').runtime);
    expect(answer).toMatchObject({ ComplianceType: 'COMPLIANT' });
    expect(answer).not.toHaveProperty('Annotation');
  });

  it.each([
    ['deleted', asked({ configurationItemStatus: 'ResourceDeleted' })],
    ['left the scope', asked({}, { eventLeftScope: true })],
  ])('%s: NOT_APPLICABLE', async (_, event) => {
    const world = home('open');
    await evaluateForConfig(asked(), world.runtime);
    world.doors.clear();
    world.at(60_000);
    expect(await evaluateForConfig(event, world.runtime)).toMatchObject({
      ComplianceType: 'NOT_APPLICABLE',
    });
  });

  it('is not answered where a facet cannot be read, since Config takes no "unknown"', async () => {
    const world = home('shut');
    world.faults.set('read front', denied());
    expect(await evaluateForConfig(asked(), world.runtime)).toBeUndefined();
    expect(world.evaluations).toEqual([]);
  });

  it('that is not of a resource is not answered', async () => {
    const scheduled = {
      invokingEvent: JSON.stringify({ messageType: 'ScheduledNotification' }),
      resultToken: 'token',
    };
    expect(await evaluateForConfig(scheduled, home('shut').runtime)).toBeUndefined();
  });

  it('fails, so that Config asks again, where evaluating fails', async () => {
    const world = home('open');
    world.faults.set('hub.import', new Error('throttled'));
    await expect(evaluateForConfig(asked(), world.runtime)).rejects.toThrow('throttled');
    expect(world.evaluations).toEqual([]);
  });
});
