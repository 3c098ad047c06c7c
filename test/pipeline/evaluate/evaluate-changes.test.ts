import fc from 'fast-check';
import type { Change } from '../../../lib/engine/changes/change.ts';
import { runs, sampled } from '../../extent.ts';
import {
  account,
  createWorld,
  denied,
  findingIn,
  region,
  rowOf,
  type World,
} from '../../fakes/fake-resource.ts';

const shut = { front: 'shut', back: 'shut' } as const;
const open = { front: 'open', back: 'shut' } as const;

describe.each(sampled(['json', 'deflated'] as const, { quick: 2 }))(
  'with rows in the form %s',
  (rowForm) => {
    const home = (state: 'open' | 'shut'): World => {
      const world = createWorld({ rowForm });
      world.doors.set('home', { ...(state === 'open' ? open : shut) });
      return world;
    };

    describe('a change', () => {
      it('is published with who did it, and reads only the facet that changed', async () => {
        const world = home('open');
        expect(await world.deliver(world.event('alice', ['front'], 0))).toEqual([{ done: 1 }]);
        expect(world.reads).toEqual(['home front']);
        expect(findingIn(world, 'T.1')).toMatchObject({
          Compliance: { Status: 'FAILED', SecurityControlId: 'Plumbline.T.1' },
          Severity: { Label: 'HIGH' },
          Workflow: { Status: 'NEW' },
          RecordState: 'ACTIVE',
          Resources: [{ Type: 'Other', Id: 'arn:aws:house:::home' }],
          ProductFields: {
            'plumbline/by': 'arn:aws:iam::123456789012:user/alice',
            'plumbline/sourceAddress': '203.0.113.7',
            'plumbline/call': 'house:OpenDoor',
            'plumbline/eventId': 'alice',
            'plumbline/stack': 'town',
            'plumbline/priority': 'high',
          },
        });
        expect(findingIn(world, 'T.2')).toBeUndefined();
      });

      it('that puts it right passes and resolves', async () => {
        const world = home('open');
        await world.deliver(world.event('alice', ['front'], 0));
        world.doors.set('home', { ...shut });
        world.at(30_000);
        await world.deliver(world.event('bob', ['front'], 30_000));
        expect(findingIn(world, 'T.1')).toMatchObject({
          Compliance: { Status: 'PASSED' },
          Workflow: { Status: 'RESOLVED' },
        });
      });

      it('does not take back what a person suppressed', async () => {
        const world = home('open');
        await world.deliver(world.event('alice', ['front'], 0));
        const { Id, ProductArn } = findingIn(world, 'T.1') ?? {};
        const hub = await world.runtime.hub({ account, region }, 'workflow');
        await hub.batchUpdateFindings({
          FindingIdentifiers: [{ Id, ProductArn }],
          Workflow: { Status: 'SUPPRESSED' },
        });
        world.doors.set('home', { ...shut });
        world.at(30_000);
        await world.deliver(world.event('bob', ['front'], 30_000));
        expect(findingIn(world, 'T.1')).toMatchObject({
          Compliance: { Status: 'PASSED' },
          Workflow: { Status: 'SUPPRESSED' },
        });
      });

      it('joins others of its batch to one read', async () => {
        const world = home('open');
        const outcomes = await world.deliver(
          world.event('alice', ['front'], 0),
          world.event('bob', ['front'], 1),
          world.event('carol', ['back'], 2),
        );
        expect(outcomes).toHaveLength(3);
        expect([...world.reads].sort()).toEqual(['home back', 'home front']);
        expect(findingIn(world, 'T.1')?.ProductFields).toMatchObject({
          'plumbline/among':
            'arn:aws:iam::123456789012:user/alice arn:aws:iam::123456789012:user/bob',
        });
      });

      it('is dropped once everything that it can have turned was read after it settled', async () => {
        const world = home('open');
        await world.deliver(world.event('alice', ['front'], 0));
        await world.settleAll();
        const reads = world.reads.length;
        world.at(60_000);
        expect(await world.deliver(world.event('alice', ['front'], 0))).toEqual([
          { dropped: 'settled' },
        ]);
        expect(world.reads).toHaveLength(reads);
      });

      it('is not dropped while its finding is unpublished', async () => {
        const world = home('open');
        world.faults.set('hub.import', new Error('throttled'));
        await world.deliver(world.event('alice', ['front'], 0));
        world.at(60_000);
        world.faults.clear();
        expect(await world.deliver(world.event('alice', ['front'], 0))).toEqual([{ done: 1 }]);
        expect(findingIn(world, 'T.1')?.Compliance?.Status).toBe('FAILED');
      });

      it('that names who did it is not dropped while the FAIL does not name them', async () => {
        const world = home('open');
        const change: Change = world.event('config', ['front'], 0);
        await world.deliver({
          ...change,
          cause: {
            kind: 'event',
            via: 'config',
            id: 'config',
            time: new Date(world.now()).toISOString(),
          },
        });
        await world.settleAll();
        expect(findingIn(world, 'T.1')?.ProductFields).not.toHaveProperty('plumbline/by');
        world.at(90_000);
        await world.deliver(world.event('alice', ['front'], 0));
        expect(findingIn(world, 'T.1')?.ProductFields).toMatchObject({
          'plumbline/by': 'arn:aws:iam::123456789012:user/alice',
        });
      });
    });

    describe('eventual consistency', () => {
      it('a first read that still shows the old state is made good by the settle', async () => {
        const world = home('shut');
        await world.deliver(world.event('alice', ['front'], 0));
        expect(findingIn(world, 'T.1')?.Compliance?.Status).toBe('PASSED');
        world.doors.set('home', { ...open });
        await world.settleAll();
        expect(findingIn(world, 'T.1')).toMatchObject({
          Compliance: { Status: 'FAILED' },
          ProductFields: { 'plumbline/by': 'arn:aws:iam::123456789012:user/alice' },
        });
      });

      it('keeps one settle pending a resource, however many events come', async () => {
        const world = home('open');
        for (let index = 0; index < 5; index += 1) {
          world.at(index * 1000);
          await world.deliver(world.event(`e${index}`, ['front'], index * 1000));
        }
        expect(world.settles).toHaveLength(1);
        await world.settleAll();
        expect(rowOf(world)?.settle).toBeUndefined();
        expect(Date.parse(rowOf(world)?.readAt ?? '') - world.now()).toBeLessThan(0);
      });

      it('not found after created waits; not found after deleted archives', async () => {
        const world = createWorld({ rowForm });
        await world.deliver(world.event('alice', [], 0, { hint: 'created', facets: 'all' }));
        expect(world.rows.size).toBe(0);
        expect(world.settles).toHaveLength(1);
        world.doors.set('home', { ...open });
        await world.settleAll();
        expect(findingIn(world, 'T.1')?.Compliance?.Status).toBe('FAILED');
        world.doors.delete('home');
        world.at(90_000);
        await world.deliver(world.event('bob', [], 90_000, { hint: 'deleted', facets: 'all' }));
        expect(findingIn(world, 'T.1')?.RecordState).toBe('ARCHIVED');
      });

      it('still found after deleted is evaluated', async () => {
        const world = home('open');
        await world.deliver(world.event('bob', [], 0, { hint: 'deleted', facets: 'all' }));
        expect(findingIn(world, 'T.1')).toMatchObject({ RecordState: 'ACTIVE' });
      });

      it('a resource that comes back is evaluated afresh, its old verdicts stay archived', async () => {
        const world = home('open');
        await world.deliver(world.event('a', ['front', 'back'], 0));
        world.doors.delete('home');
        world.at(90_000);
        await world.deliver(world.event('b', [], 90_000, { hint: 'deleted', facets: 'all' }));
        world.doors.set('home', { ...shut });
        world.at(200_000);
        await world.deliver(world.event('c', ['back'], 200_000));
        expect(findingIn(world, 'T.1')).toMatchObject({ RecordState: 'ARCHIVED' });
        expect(findingIn(world, 'T.2')).toMatchObject({
          RecordState: 'ACTIVE',
          Compliance: { Status: 'PASSED' },
        });
      });
    });

    describe('what cannot be read', () => {
      it('is unknown, keeps the last known verdict, and ends no episode', async () => {
        const world = home('open');
        await world.deliver(world.event('a', ['front'], 0));
        world.faults.set('read front', denied());
        world.at(60_000);
        await world.deliver(world.event('b', ['front'], 60_000));
        expect(findingIn(world, 'T.1')?.Compliance).toMatchObject({ Status: 'NOT_AVAILABLE' });
        expect(rowOf(world)?.controls['T.1']).toMatchObject({ lastKnown: 'FAIL', episodes: 1 });
        world.faults.clear();
        world.at(120_000);
        await world.deliver(world.event('c', ['front'], 120_000));
        expect(rowOf(world)?.controls['T.1']).toMatchObject({ lastKnown: 'FAIL', episodes: 1 });
      });
    });

    describe('a step that fails for a whole delivery', () => {
      const steps = [
        'posture.read',
        'read front',
        'queues.settle',
        'posture.write',
        'hub.import',
        ...(rowForm === 'json'
          ? ['posture.addTransitions', 'posture.notePublished']
          : ['posture.note']),
      ];
      const errors: Record<string, Error> = {
        throttle: Object.assign(new Error('slow down'), { name: 'ThrottlingException' }),
        '500': Object.assign(new Error('oops'), { name: 'InternalFailure' }),
        timeout: Object.assign(new Error('late'), { name: 'TimeoutError' }),
        denied: denied(),
      };
      for (const step of steps) {
        for (const [kind, error] of Object.entries(errors)) {
          it(`${step}, ${kind}: nothing is lost, the next delivery makes it good`, async () => {
            const world = home('open');
            world.faults.set(step, error);
            // A denied facet is no failure of the delivery: it is UNKNOWN, as the block above shows.
            const isTold = step === 'read front' && kind === 'denied';
            const first = await world
              .deliver(world.event('alice', ['front'], 0))
              .then((outcomes) => outcomes.every((outcome) => 'failure' in outcome))
              .catch(() => true);
            expect(first).toBe(!isTold);
            world.faults.clear();
            world.at(2000);
            await world.deliver(world.event('alice', ['front'], 0));
            await world.settleAll();
            expect(findingIn(world, 'T.1')).toMatchObject({
              Compliance: { Status: 'FAILED' },
              ProductFields: { 'plumbline/by': 'arn:aws:iam::123456789012:user/alice' },
            });
            expect(rowOf(world)?.settle).toBeUndefined();
            expect(rowOf(world)?.controls['T.1']?.published?.status).toBe('FAILED');
          });
        }
      }
      for (const step of ['hub.get', 'hub.update']) {
        it(`${step} on the way to RESOLVED: the next delivery resolves`, async () => {
          const world = home('open');
          await world.deliver(world.event('alice', ['front'], 0));
          world.doors.set('home', { ...shut });
          world.faults.set(step, new Error('slow down'));
          world.at(30_000);
          const [outcome] = await world.deliver(world.event('bob', ['front'], 30_000));
          expect(outcome).toHaveProperty('failure');
          world.faults.clear();
          world.at(33_000);
          await world.deliver(world.event('bob', ['front'], 30_000));
          expect(findingIn(world, 'T.1')?.Workflow?.Status).toBe('RESOLVED');
        });
      }
    });

    /** The state that must not depend on how the news came: without times, causes as sets. */
    const finalState = (world: World) => ({
      findings: world.store.findings
        .map(({ Id, Compliance, Workflow, RecordState, Severity }) => ({
          Id,
          Compliance,
          Workflow,
          RecordState,
          Severity,
        }))
        .sort((a, b) => String(a.Id).localeCompare(String(b.Id))),
      rows: [...world.rows].map(([key, { controls, settle }]) => ({
        key,
        settle,
        controls: Object.entries(controls)
          .map(([id, { verdict, lastKnown, causes }]) => ({
            id,
            verdict,
            lastKnown,
            causes: lastKnown === 'FAIL' ? causes.map((cause) => cause.id).sort() : 'passed',
          }))
          .sort((a, b) => a.id.localeCompare(b.id)),
      })),
    });

    describe('order, duplication and batching', () => {
      const news = fc.record({
        front: fc.constantFrom('open' as const, 'shut' as const),
        back: fc.constantFrom('open' as const, 'shut' as const),
        events: fc.array(
          fc.record({
            at: fc.integer({ min: 0, max: 5000 }),
            facets: fc.constantFrom(
              ['front'] as const,
              ['back'] as const,
              ['front', 'back'] as const,
            ),
          }),
          { minLength: 1, maxLength: 6 },
        ),
        shuffle: fc.array(fc.nat(1000), { minLength: 1, maxLength: 14 }),
        sizes: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 14 }),
        pauses: fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 14, maxLength: 14 }),
      });

      it('do not alter the final state', async () => {
        await fc.assert(
          fc.asyncProperty(news, async ({ front, back, events, shuffle, sizes, pauses }) => {
            const play = async (order: readonly number[], batchSizes: readonly number[]) => {
              const world = createWorld({ rowForm });
              world.doors.set('home', { front, back });
              world.at(6000);
              const changes = order.flatMap((index) => {
                const event = events[index % events.length];
                return event
                  ? [world.event(`e${index % events.length}`, event.facets, event.at)]
                  : [];
              });
              let taken = 0;
              for (let round = 0; taken < changes.length; round += 1) {
                const size = batchSizes[round % batchSizes.length] ?? 1;
                await world.deliver(...changes.slice(taken, taken + size));
                taken += size;
                world.at(world.now() - Date.parse('2026-06-15T12:00:00Z') + (pauses[round] ?? 1));
              }
              await world.settleAll();
              return finalState(world);
            };
            const inOrder = events.map((_, index) => index);
            const all = [...shuffle, ...inOrder.reverse()];
            const expected = await play(inOrder, [1]);
            expect(expected.findings.length).toBeGreaterThan(0);
            expect(await play(all, sizes)).toEqual(expected);
          }),
          runs(150),
        );
      });

      it('interleaved writers leave what a lone one leaves', async () => {
        await fc.assert(
          fc.asyncProperty(news, async ({ front, back, events }) => {
            const together = createWorld({ rowForm });
            const alone = createWorld({ rowForm });
            for (const world of [together, alone]) {
              world.doors.set('home', { front, back });
              world.at(6000);
            }
            const changesOf = (world: World) =>
              events.map((event, index) => world.event(`e${index}`, event.facets, event.at));
            await Promise.all(
              changesOf(together).map(async (change) => {
                const [outcome] = await together.deliver(change);
                if (outcome && 'failure' in outcome) await together.deliver(change);
              }),
            );
            await together.settleAll();
            for (const change of changesOf(alone)) await alone.deliver(change);
            await alone.settleAll();
            expect(alone.store.findings.length).toBeGreaterThan(0);
            expect(finalState(together)).toEqual(finalState(alone));
          }),
          runs(150),
        );
      });
    });
  },
);
