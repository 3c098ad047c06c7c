import { pendingOn } from '../../../lib/cli/commands/actions-pending.ts';
import type { Baseline } from '../../../lib/engine/baseline/baseline.ts';
import { mostTries } from '../../../lib/pipeline/remediate/wait.ts';
import { longTest } from '../../extent.ts';
import { start } from '../../fakes/fake-resource.ts';
import { drift, remediated, statesOf } from '../../fakes/fleet-drift.ts';
import { givenHardening } from '../../fakes/given-hardening.ts';

const controls: Baseline['controls'] = { 'PL.SSH.1': remediated };
const hosts = ['i-1', 'i-2', 'i-3', 'i-4'];
const minute = 60_000;

describe('an ask by drift', () => {
  const fleet = givenHardening(controls, { hosts, wrong: [], settings: { canary: '1' } });

  it('waits for a host that is not there, and goes on once it is', async () => {
    let isThere = false;
    // Read before anything else is looked at.
    fleet.memory().switchedBy(() => {
      fleet.setRunning('i-1', isThere);
      return true;
    });
    await drift(fleet, 'i-1');
    await fleet.pass(40);
    expect(fleet.actions()).toEqual([]);
    isThere = true;
    await fleet.pass(16);
    expect(statesOf(fleet, 'i-1')).toEqual(['VERIFIED']);
  });

  it('waits while another action changes the host', async () => {
    fleet.break('i-1');
    fleet.ask();
    await drift(fleet, 'i-1');
    await fleet.pass(5);
    expect(statesOf(fleet, 'i-1')).not.toContain('BLOCKED by turn');
    expect(fleet.changed()).toEqual(['i-1']);
  });

  it('is asked again with a word of its own each time, or the queue would forget it', async () => {
    await drift(fleet, 'i-1', 'i-2');
    const waits = ['i-1', 'i-2'].find((host) => !fleet.changed().includes(host)) ?? '';
    expect(fleet.tries(waits)).toEqual([1]);
    await fleet.pass(15);
    expect(fleet.tries(waits)).toEqual([2]);
    await fleet.pass(15);
    expect(fleet.tries(waits)).toEqual([3]);
  });

  it('that waits goes on waiting while remediation is switched off, and no longer', async () => {
    await drift(fleet, ...hosts);
    fleet.memory().switchedBy(() => false);
    await fleet.pass(60);
    expect(fleet.changed()).toHaveLength(1);
    expect(hosts.flatMap((host) => statesOf(fleet, host))).toEqual(['VERIFIED']);
    fleet.memory().switchedBy(() => true);
    await fleet.pass(60);
    expect(fleet.changed().toSorted()).toEqual(hosts);
  });

  it('goes on by itself where the limit of an hour is reached, and trips nothing', async () => {
    const takers = new Map<string, Set<string>>();
    fleet.memory().limitedBy((action, now) => {
      const hour = now.toISOString().slice(0, 13);
      const taken = takers.get(hour) ?? new Set();
      if (taken.size >= 2 && !taken.has(action)) return false;
      takers.set(hour, taken.add(action));
      return true;
    });
    await drift(fleet, ...hosts);
    await fleet.pass(55);
    expect(fleet.changed()).toHaveLength(2);
    await fleet.pass(70);
    expect(fleet.changed().sort()).toEqual(hosts);
    expect(fleet.actions().filter(({ state }) => state === 'BLOCKED')).toEqual([]);
  });

  it('waits for the limit of an hour for longer than a day', async () => {
    let isLeft = false;
    fleet.memory().limitedBy(() => isLeft);
    await drift(fleet, 'i-1');
    await fleet.pass(30);
    fleet.world().later(26 * 3_600_000);
    await fleet.settle();
    expect(fleet.actions()).toEqual([]);
    isLeft = true;
    await fleet.pass(20);
    expect(statesOf(fleet, 'i-1')).toEqual(['VERIFIED']);
  });

  it('is pending until the next audit where it was asked for without end', async () => {
    fleet.memory().limitedBy(() => false);
    await drift(fleet, 'i-1');
    fleet.tire('i-1', mostTries - 1);
    await fleet.pass(16);
    expect(fleet.tries('i-1')).toEqual([mostTries]);
    expect(fleet.actions()).toEqual([]);
    await fleet.pass(16);
    expect(fleet.tries('i-1')).toEqual([]);
    const why = 'it has waited 2880 times: PL.SSH.1 reached its limit of 20 actions in an hour';
    expect(fleet.actions()).toEqual([]);
    expect(fleet.world().rowOf('i-1')?.controls['PL.SSH.1']?.remediation).toMatchObject({
      state: 'waiting',
      guard: 'breaker',
      why,
    });
    fleet.memory().limitedBy(() => true);
    fleet.world().later(60 * minute);
    await fleet.audit();
    expect(statesOf(fleet, 'i-1')).toEqual(['VERIFIED']);
  });

  it('has its slot still where the delivery died after it had taken one', async () => {
    let times = 0;
    fleet.memory().killedBy(() => {
      times += 1;
      return times <= 2;
    });
    await drift(fleet, 'i-1', 'i-2');
    await fleet.pass(5);
    expect(times).toBeGreaterThan(2);
    expect(fleet.changed()).toHaveLength(1);
    const [rollout] = await fleet.rollouts();
    expect(rollout?.canaries.map(({ host }) => host)).toEqual(fleet.changed());
    expect(statesOf(fleet, fleet.changed()[0] ?? '')).toEqual(['VERIFIED']);
  });
});

describe('an ask by drift outside of maintenance windows', () => {
  const opens = new Date(start + 3 * 3_600_000).toISOString().slice(11, 16);
  const closes = new Date(start + 5 * 3_600_000).toISOString().slice(11, 16);
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
  const fleet = givenHardening(controls, {
    wrong: [],
    limits: { windows: [{ days, from: opens, to: closes, timeZone: 'UTC' }] },
  });
  it('waits until one opens', async () => {
    await drift(fleet, 'i-1');
    await fleet.pass(60);
    expect(fleet.actions()).toEqual([]);
    await fleet.pass(150);
    expect(statesOf(fleet, 'i-1')).toEqual(['VERIFIED']);
    const [{ startedAt = '' } = {}] = fleet.actions();
    expect(startedAt.slice(11, 16) >= opens).toBe(true);
  });
});

describe('an ask by drift whose window is far away', () => {
  const windows = [{ days: ['thu'] as const, from: '10:00', to: '11:00', timeZone: 'UTC' }];
  const fleet = givenHardening(controls, { wrong: [], limits: { windows } });
  longTest('waits for longer than a day', async () => {
    await drift(fleet, 'i-1');
    await fleet.pass(60);
    fleet.world().later(2 * 86_400_000);
    await fleet.settle();
    expect(fleet.actions()).toEqual([]);
    await fleet.pass(22 * 60);
    expect(fleet.world().now().toISOString().slice(0, 13)).toBe('2026-06-18T11');
    expect(statesOf(fleet, 'i-1')).toEqual(['VERIFIED']);
  });

  it('is not waited for by a person', async () => {
    fleet.break('i-1');
    fleet.world().later(minute);
    await fleet.audit();
    const id = fleet.ask();
    await fleet.settle();
    expect(fleet.actionOf(id)).toMatchObject({ state: 'BLOCKED', guard: 'maintenanceWindow' });
  });
});

describe('an ask by drift on a host that is gone for long', () => {
  const fleet = givenHardening(controls, { wrong: [] });
  it('is pending after a day, and put right once it is back', async () => {
    fleet.memory().switchedBy(() => {
      fleet.setRunning('i-1', false);
      return true;
    });
    await drift(fleet, 'i-1');
    await fleet.pass(23 * 60);
    expect(fleet.actions()).toEqual([]);
    await fleet.pass(75);
    const why = 'it has waited for a day: the agent of the host is not online';
    expect(fleet.actions()).toEqual([]);
    expect(fleet.world().rowOf('i-1')?.controls['PL.SSH.1']?.remediation).toMatchObject({
      state: 'waiting',
      guard: 'online',
      why,
    });
    fleet.memory().switchedBy(() => true);
    fleet.setRunning('i-1', true);
    fleet.world().later(minute);
    await fleet.audit();
    expect(statesOf(fleet, 'i-1')).toEqual(['VERIFIED']);
  });
});

describe('drift of a host that nothing is done about', () => {
  const fleet = givenHardening(controls, { wrong: [] });
  const passWithLooks = async (minutes: number) => {
    for (let passed = 0; passed < minutes; passed += 15) {
      await fleet.pass(15);
      await fleet.world().lookAtDue();
    }
  };
  const silent = () =>
    fleet.world().overdue.map(({ of, controls }) => `${of.split('#').at(-1)} ${controls}`);

  it('is no silence as long as it waits in the queue, and is listed as pending', async () => {
    fleet.memory().switchedBy(() => false);
    await drift(fleet, 'i-1');
    await passWithLooks(180);
    expect(silent()).toEqual([]);
    const row = fleet.world().rowOf('i-1');
    if (!row) throw new Error('the host has no row');
    const { baseline } = fleet.world().hosts.runtime;
    expect(pendingOn(row, baseline, fleet.world().now())).toMatchObject([
      { control: 'PL.SSH.1', guard: 'killSwitch', why: 'remediation is switched off' },
    ]);
    fleet.memory().switchedBy(() => true);
    await passWithLooks(30);
    const after = fleet.world().rowOf('i-1') ?? row;
    expect(pendingOn(after, baseline, fleet.world().now())).toEqual([]);
    expect(silent()).toEqual([]);
  });

  it('is told within two hours where what waited is lost, and each hour again', async () => {
    fleet.memory().switchedBy(() => false);
    await drift(fleet, 'i-1');
    await passWithLooks(30);
    fleet.loseWaiting();
    await passWithLooks(45);
    expect(silent()).toEqual([]);
    await passWithLooks(45);
    expect(silent()).toEqual(['i-1 PL.SSH.1']);
    await passWithLooks(60);
    expect(silent()).toEqual(['i-1 PL.SSH.1', 'i-1 PL.SSH.1']);
  });
});
