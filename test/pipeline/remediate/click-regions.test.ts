import { identifiersOf } from '../../../lib/engine/findings/finding-id.ts';
import type { AnyResourceType, Where } from '../../../lib/model/resource-type.ts';
import { answerClick } from '../../../lib/pipeline/remediate/custom-action.ts';
import type { Remediation } from '../../../lib/pipeline/runtime/runtime.ts';
import { typesIn } from '../../../lib/pipeline/runtime/types.ts';
import { account, createWorld, region as home } from '../../fakes/fake-resource.ts';

const away = 'eu-west-1';
const arn = `arn:aws:iam::${account}:root`;

/** A setting that each of two regions has once, as all of them under the account's ARN. */
const inTwoRegions = () => {
  const world = createWorld();
  const { runtime } = world;
  const { house } = world;
  const setting: AnyResourceType = {
    ...house,
    arn: () => arn,
    about: { actions: [], read: async () => ({ arn, tags: {} }) },
  };
  const notes: string[] = [];
  const hub = {
    batchImportFindings: async () => ({ FailedCount: 0, FailedFindings: [] }),
    getFindings: async () => ({ Findings: [] }),
    batchUpdateFindings: async ({ Note }: { Note: { Text: string } }) => {
      notes.push(Note.Text);
      return { ProcessedFindings: [], UnprocessedFindings: [] };
    },
  };
  Object.assign(runtime, {
    place: { account, homeRegion: home, regions: [home, away] },
    types: typesIn([setting]),
    hub: async () => hub,
    baseline: { ...runtime.baseline, securityHub: { actions: true } },
  });
  const at = (region: string, id = region) => {
    world.doors.set(id, { front: 'open', back: 'shut' });
    return world.event(id, ['front'], 0, { ref: { account, region, id } });
  };
  const click = ({ account: owner, region }: Where, action = 'PlumblineFix') => {
    const ref = { account: owner, region, id: region };
    const [finding] = identifiersOf({ ref, arn }, ['T.1']);
    if (!finding) throw new Error('there is no finding');
    const asked = { eventId: 'e-1', action, finding };
    return answerClick(asked, { ...runtime, remediation: {} as Remediation });
  };
  return { world, at, click, notes };
};

describe('a click on a finding about what each region has once', () => {
  it.each([home, away])('is about the one of its own region, %s', async (region) => {
    const { world, at, click } = inTwoRegions();
    await world.deliver(at(home), at(away));
    expect(await click({ account, region })).toMatchObject([
      { ask: 'remediate', controls: ['T.1'], ref: { account, region, id: region } },
    ]);
  });

  it('is refused where only another region is known, or its own is gone', async () => {
    const { world, at, click, notes } = inTwoRegions();
    await world.deliver(at(home));
    expect(await click({ account, region: away })).toEqual([]);
    for (const [key, row] of world.rows)
      world.rows.set(key, { ...row, goneAt: '2026-06-15T12:00:00.000Z' });
    expect(await click({ account, region: home })).toEqual([]);
    const why = 'Refused: the posture table does not know the resource.';
    expect(notes).toEqual([why, why]);
  });

  it('is refused where two of the region can be meant', async () => {
    const { world, at, click, notes } = inTwoRegions();
    await world.deliver(at(away), at(away, 'other'));
    expect(await click({ account, region: away })).toEqual([]);
    expect(notes).toEqual(['Refused: the finding can be of several resources.']);
  });
});

describe('a week for a finding of another account', () => {
  const member = '444455556666';
  const exemption = {
    ...{ control: 'T.1', resource: '*', owner: 'web team', reason: 'a test' },
    expires: '2027-01-31T23:59:59.999Z',
  };

  it.each([
    [
      'is given, where only the hub has an exemption',
      { exemptions: [exemption] },
      /^Exempt until /,
    ],
    [
      'is not, where the baseline has one there',
      { exemptionsElsewhere: [{ ...exemption, account: member }] },
      /^Already exempted until 2027-01-31, owner web team\.$/,
    ],
  ])('%s', async (_, baseline, note) => {
    const { world, at, click, notes } = inTwoRegions();
    Object.assign(world.runtime.place, { members: [member], remediated: [member] });
    await world.deliver(at(home));
    for (const [key, row] of [...world.rows]) {
      world.rows.delete(key);
      const ref = { ...row.ref, account: member };
      world.rows.set(key.replace(account, member), { ...row, ref });
    }
    Object.assign(world.runtime.baseline, { exemptions: [], ...baseline });
    await click({ account: member, region: home }, 'PlumblineExempt');
    expect(notes).toEqual([expect.stringMatching(note)]);
  });
});

describe('a click on a finding of another account', () => {
  const member = '444455556666';
  /** A world in which both accounts have the same setting, failed in both. */
  const inTwoAccounts = async (remediated: readonly string[]) => {
    const given = inTwoRegions();
    const { world, at } = given;
    const told: string[] = [];
    const { hub } = world.runtime;
    Object.assign(world.runtime, {
      hub: (where: Where) => {
        told.push(where.account);
        return hub(where, 'workflow');
      },
    });
    Object.assign(world.runtime.place, { members: [member], remediated });
    const there = at(home);
    await world.deliver(at(home), { ...there, ref: { ...there.ref, account: member } });
    told.length = 0;
    return { ...given, told };
  };

  it('asks for a fix there, and of nothing that has the same id here', async () => {
    const { click, notes } = await inTwoAccounts([member]);
    expect(await click({ account: member, region: home })).toMatchObject([
      { ask: 'remediate', controls: ['T.1'], ref: { account: member, region: home, id: home } },
    ]);
    expect(await click({ account, region: home })).toMatchObject([{ ref: { account } }]);
    expect(notes).toEqual([]);
  });

  it('is refused where nothing may be changed there', async () => {
    const { click, notes, told } = await inTwoAccounts([]);
    expect(await click({ account: member, region: home })).toEqual([]);
    expect(notes).toEqual([`Refused: the baseline lets nothing be changed in account ${member}.`]);
    // As administrator, in whose Security Hub it was clicked: nothing is entered for what is refused.
    expect(told).toEqual([account]);
  });

  it('is refused of an account that is not governed', async () => {
    const { click } = await inTwoAccounts([member]);
    expect(await click({ account: '999999999999', region: home })).toEqual([]);
  });
});
