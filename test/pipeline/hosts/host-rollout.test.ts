import { drift as driftOn, remediated, statesOf as statesOn } from '../../fakes/fleet-drift.ts';
import { givenHardening } from '../../fakes/given-hardening.ts';
import { hardening } from '../../fakes/host-world-catalogue.ts';

const hosts = ['i-1', 'i-2', 'i-3', 'i-4'];
const fleet = givenHardening(
  { 'PL.SSH.1': remediated },
  { hosts, wrong: [], settings: { canary: '1' } },
);
const { world, memory, settle, actions, changed, pass, lie, rollouts } = fleet;

const drift = (...which: readonly string[]) => driftOn(fleet, ...which);
const statesOf = (host: string) => statesOn(fleet, host);
const rest = () => hosts.filter((host) => host !== changed()[0]);
/** A canary's host prints something else of one document. */
const canaryLies = (document: string, change: (honest: string) => string) =>
  lie((name, honest, host) =>
    name === document && host === changed()[0] ? change(honest) : honest,
  );

describe('drift on many hosts', () => {
  it('is put right on one, and half an hour after that has proven itself on all others', async () => {
    await drift(...hosts);
    expect(changed()).toHaveLength(1);
    await pass(5);
    const [canary = ''] = changed();
    expect(statesOf(canary)).toEqual(['VERIFIED']);
    await pass(20);
    expect(changed()).toHaveLength(1);
    await pass(25);
    expect(changed().sort()).toEqual(hosts);
    expect(hosts.flatMap(statesOf)).toEqual(hosts.map(() => 'VERIFIED'));
    expect(actions().filter((one) => one.canary)).toHaveLength(1);
    expect(await rollouts()).toMatchObject([{ control: 'PL.SSH.1', system: 'debian 12' }]);
    expect(memory().notices).toEqual([]);
  });

  it('says on the findings of the others that they wait', async () => {
    await drift(...hosts);
    const noteOf = (host: string) => world().findingOf(host, 'PL.SSH.1')?.Note?.Text;
    expect(noteOf(rest()[0] ?? '')).toMatch(/waits to put it right: rollout, it is tried on i-/);
    expect(noteOf(changed()[0] ?? '')).toContain('tried on this host before all others');
  });

  it('has the canary audited in every area, and once more before the rest begins', async () => {
    await drift(...hosts);
    const kernel = () =>
      world().sent.filter(
        ({ DocumentName, InstanceIds }) =>
          DocumentName === 'Plumbline-AuditHost-kernel' &&
          InstanceIds?.length === 1 &&
          InstanceIds[0] === changed()[0],
      ).length;
    await pass(5);
    expect(kernel()).toBe(1);
    await pass(45);
    expect(kernel()).toBe(2);
  });

  it('waits for nothing once it was proven, for a day', async () => {
    await drift('i-1');
    await pass(50);
    await drift('i-2');
    await drift('i-3', 'i-4');
    await pass(5);
    expect(changed().sort()).toEqual(hosts);
    await pass(26 * 60);
    await drift(...hosts);
    await pass(5);
    expect(changed()).toHaveLength(5);
  });

  it('begins anew with a document that has changed', async () => {
    await drift('i-1');
    await pass(50);
    await drift('i-2');
    fleet.redeploy();
    await drift('i-3');
    expect((await rollouts()).map(({ canaries }) => canaries.length)).toEqual([1, 1]);
  });

  it('is not stopped by a host that changes nothing, and says why: the next one is tried', async () => {
    lie((name, honest, host) =>
      name === hardening && host === 'i-1' ? honest.replace('applied', 'refused') : honest,
    );
    await drift('i-1');
    expect(statesOf('i-1')).toEqual(['VERIFYING']);
    await drift('i-2', 'i-3');
    await pass(50);
    expect(changed()).toEqual(expect.arrayContaining(['i-2', 'i-3']));
    expect((await rollouts())[0]).not.toHaveProperty('stopped');
  });

  it('is no proof where there was nothing to change', async () => {
    lie((name, honest, host) =>
      name === hardening && host === 'i-1'
        ? honest.replace('applied', 'unchanged').replace('"o":"changed"', '"o":"same"')
        : honest,
    );
    await drift('i-1');
    await drift('i-2');
    expect(changed()).toEqual(['i-1', 'i-2']);
  });
});

describe('a rollout stops, and no other host is changed', () => {
  const stopped = async () => {
    await pass(60);
    expect(changed()).toHaveLength(1);
    for (const host of rest()) expect(statesOf(host)).toEqual(['BLOCKED by rollout']);
    const told = memory().notices.filter((one) => one.includes('rollout of PL.SSH.1 stopped'));
    expect(told).toHaveLength(1);
    return (await rollouts())[0]?.stopped?.why;
  };

  it('where the canary does not confirm', async () => {
    canaryLies('Plumbline-ConfirmHost', (said) => said.replace('confirmed', 'refused'));
    await drift(...hosts);
    expect(await stopped()).toContain('the host says refused');
  });

  it('where the canary says applied and confirmed, and its audit says otherwise', async () => {
    lie((name, honest, host) => {
      if (name === 'Plumbline-ConfirmHost') fleet.break(host);
      return honest;
    });
    await drift(...hosts);
    expect(await stopped()).toContain('INEFFECTIVE');
  });

  it('where the canary fails another control that passed before', async () => {
    await drift(...hosts);
    await pass(5);
    const [canary = ''] = changed();
    expect(statesOf(canary)).toEqual(['VERIFIED']);
    fleet.break(canary, 'PL.NET.1');
    expect(await stopped()).toContain('PL.NET.1 passed before it');
  });

  it('where the canary has not answered in time', async () => {
    lie((name, honest) => {
      if (name === hardening) fleet.deafen(true);
      return honest;
    });
    await drift(...hosts);
    await pass(14);
    fleet.deafen(false);
    expect(await stopped()).toContain('no answer of the host was heard');
  });

  it('where a person takes back what the canary did', async () => {
    await drift(...hosts);
    await pass(5);
    const [first] = actions();
    fleet.askUndo(first?.id ?? '', changed()[0]);
    await settle();
    expect(await stopped()).toMatch(/a person took it back|PL\.SSH\.1 passed before/);
  });

  it('for good, until a person has it begin again', async () => {
    canaryLies('Plumbline-ConfirmHost', (said) => said.replace('confirmed', 'refused'));
    await drift('i-1', 'i-2');
    await pass(60);
    const kept = world().hosts.runtime.remediation?.hardening?.rollouts;
    await pass(30 * 60);
    await drift('i-3');
    expect(statesOf('i-3')).toEqual(['BLOCKED by rollout']);
    for (const one of (await kept?.all()) ?? []) await kept?.forget(one);
    lie((_, honest) => honest);
    await drift('i-4');
    await pass(5);
    expect(statesOf('i-4')).toEqual(['VERIFIED']);
  });
});

describe('a person', () => {
  it('waits for no canary', async () => {
    await drift('i-1', 'i-2');
    expect(changed()).toHaveLength(1);
    fleet.ask('PL.SSH.1', rest()[0]);
    await settle();
    expect(changed()).toHaveLength(2);
  });
});
