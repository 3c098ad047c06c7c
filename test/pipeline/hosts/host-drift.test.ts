import type { Baseline } from '../../../lib/engine/baseline/baseline.ts';
import { drift, remediated, statesOf } from '../../fakes/fleet-drift.ts';
import { givenHardening } from '../../fakes/given-hardening.ts';

const controls: Baseline['controls'] = { 'PL.SSH.1': remediated };
const minute = 60_000;

describe('a host that has drifted by itself', () => {
  const fleet = givenHardening(controls, { wrong: [] });

  it('is put right by itself, and is drift that counts', async () => {
    await drift(fleet, 'i-1');
    expect(fleet.actions()).toMatchObject([{ askedBy: { kind: 'drift' }, state: 'VERIFIED' }]);
    expect(fleet.world().rowOf('i-1')?.controls['PL.SSH.1']?.drifts).toHaveLength(1);
  });

  it('is left alone where somebody breaks it again and again', async () => {
    for (let time = 0; time < 3; time += 1) {
      await drift(fleet, 'i-1');
      await fleet.pass(50);
    }
    expect(statesOf(fleet, 'i-1').slice(0, 1)).toEqual(['VERIFIED']);
    expect(statesOf(fleet, 'i-1').at(-1)).toBe('BLOCKED by flapping');
  });

  it('is left alone after a person has taken it back', async () => {
    await drift(fleet, 'i-1');
    const [first] = fleet.actions();
    fleet.askUndo(first?.id ?? '');
    await fleet.settle();
    expect(fleet.changed()).toEqual(['i-1']);
    expect(statesOf(fleet, 'i-1')).toContain('BLOCKED by hold');
  });

  it.each([
    ['an Auto Scaling group owns', 'ownership', { 'aws:autoscaling:groupName': 'web' }],
    ['a cluster owns', 'ownership', { 'eks:cluster-name': 'prod' }],
  ])('is not changed where %s it', async (_, guard, tags) => {
    for (const [key, value] of Object.entries(tags)) fleet.world().tags.set(key, value);
    fleet.world().later(60_000);
    await fleet.audit();
    await drift(fleet, 'i-1');
    expect(statesOf(fleet, 'i-1')).toEqual([`BLOCKED by ${guard}`]);
    expect(fleet.changed()).toEqual([]);
  });

  it('is put right where the tag of a cluster came with the drift', async () => {
    fleet.world().tags.set('eks:cluster-name', 'prod');
    await drift(fleet, 'i-1');
    expect(statesOf(fleet, 'i-1')).toEqual(['VERIFIED']);
  });
});

describe('what failed when the host was first seen', () => {
  const found = givenHardening(controls, { wrong: ['PL.SSH.1'] });
  it('is left to people', async () => {
    expect(found.actions()).toEqual([]);
    found.world().later(13 * 3_600_000);
    await found.audit();
    expect(found.actions()).toEqual([]);
  });
});

describe('what failed when the host was first seen, with backlog: true', () => {
  const backlog = { 'PL.SSH.1': { ...remediated, backlog: true } };
  const found = givenHardening(backlog, { wrong: ['PL.SSH.1'] });
  it('is put right', () => {
    expect(found.actions()).toMatchObject([{ askedBy: { kind: 'backlog' }, state: 'VERIFIED' }]);
  });
});

describe('a control whose fix may stop a workload', () => {
  const breaking = { 'PL.SSH.6': { ...remediated, parameters: { max: 4 } } };
  const fleet = givenHardening(breaking, { wrong: [] });
  it('is only proposed', async () => {
    fleet.break('i-1', 'PL.SSH.6');
    fleet.world().later(minute);
    await fleet.audit();
    expect(fleet.world().findingOf('i-1', 'PL.SSH.6')?.Compliance?.Status).toBe('FAILED');
    expect(fleet.actions()).toEqual([]);
  });
});

describe('drift on a system on which the fixes were not tried', () => {
  const fleet = givenHardening(controls, { wrong: [], isTried: false });
  it('is only proposed', async () => {
    await drift(fleet, 'i-1');
    const finding = fleet.world().findingOf('i-1', 'PL.SSH.1');
    expect(finding?.ProductFields?.['plumbline/plan']).toContain('was not tried on debian 12');
    expect(fleet.actions()).toEqual([]);
  });
});
