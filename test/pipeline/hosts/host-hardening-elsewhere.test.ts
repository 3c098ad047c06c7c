import type { Where } from '../../../lib/model/resource-type.ts';
import { account, region } from '../../fakes/fake-resource.ts';
import { drift, remediated, statesOf } from '../../fakes/fleet-drift.ts';
import { givenHardening } from '../../fakes/given-hardening.ts';

const member = '444455556666';
const place = { regions: [region, 'eu-west-1'], members: [member] };
const places: readonly (readonly [string, Where])[] = [
  ['another region', { account, region: 'eu-west-1' }],
  ['another account that lets it', { account: member, region: 'eu-west-1' }],
];

describe.each(places)('a fix on a host of %s', (_, where) => {
  const fleet = givenHardening(undefined, {
    where,
    place: { ...place, remediated: [member] },
  });
  const { world, settle, ask, askUndo, actionOf, sent, names } = fleet;
  const statusOf = (control: string) => world().rowOf('i-1', where)?.controls[control]?.lastKnown;

  beforeEach(() => {
    const { runtime } = world().hosts;
    Object.assign(runtime.baseline, { remediatedAccounts: [member] });
  });

  it('is hardened, confirmed and audited again there, and taken back', async () => {
    expect(statusOf('PL.SSH.1')).toBe('FAIL');
    const id = ask();
    await settle();
    expect(names()).toEqual(['HardenHost-ssh', 'ConfirmHost']);
    expect(actionOf(id)).toMatchObject({ state: 'VERIFIED', ref: { ...where, id: 'i-1' } });
    expect(statusOf('PL.SSH.1')).toBe('PASS');
    const undone = askUndo(id);
    await settle();
    expect(names()).toEqual(['HardenHost-ssh', 'ConfirmHost', 'RollbackHost']);
    expect(sent().map(({ InstanceIds }) => InstanceIds)).toEqual([['i-1'], ['i-1'], ['i-1']]);
    expect(actionOf(undone)?.state).toBe('VERIFIED');
    expect(statusOf('PL.SSH.1')).toBe('FAIL');
    expect(world().rowOf('i-1')).toBeUndefined();
  });

  it('that nobody answered is given up, and what was changed is looked at there', async () => {
    fleet.deafen(true);
    const id = ask();
    await settle();
    fleet.deafen(false);
    await fleet.pass(30);
    expect(actionOf(id)?.state).not.toBe('ACTING');
    expect(actionOf(id)?.calls.at(-1)?.error).toBe('no answer of the host was heard');
    expect(world().rowOf('i-1', where)).not.toHaveProperty('awaits');
  });
});

describe('drift on a host of an account where nothing may be changed', () => {
  const where = { account: member, region: 'eu-west-1' };
  const fleet = givenHardening({ 'PL.SSH.1': remediated }, { where, place, wrong: [] });

  it('is found, and nothing is sent', async () => {
    await drift(fleet, 'i-1');
    await fleet.pass(30);
    const row = fleet.world().rowOf('i-1', where)?.controls['PL.SSH.1'];
    expect(row?.lastKnown).toBe('FAIL');
    expect([fleet.actions(), fleet.names()]).toEqual([[], []]);
  });
});

describe('drift on hosts of another region', () => {
  const where = { account, region: 'eu-west-1' };
  const hosts = ['i-1', 'i-2', 'i-3', 'i-4'];
  const fleet = givenHardening(
    { 'PL.SSH.1': remediated },
    { hosts, wrong: [], where, place, settings: { canary: '1', canaryMinutes: 0 } },
  );

  it('is put right on a first one, which is looked at there, and then on the rest', async () => {
    await drift(fleet, ...hosts);
    await fleet.pass(30);
    expect(hosts.map((host) => statesOf(fleet, host))).toEqual(hosts.map(() => ['VERIFIED']));
    const [rollout] = await fleet.rollouts();
    expect(rollout?.canaries).toMatchObject([{ where }]);
    expect(rollout?.openedAt).toBeDefined();
  });
});
