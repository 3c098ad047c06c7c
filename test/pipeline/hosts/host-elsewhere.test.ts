import { NotEnteredError } from '../../../lib/aws/entry.ts';
import { checkPlaces } from '../../../lib/cli/commands/doctor/doctor-answers.ts';
import type { Looked } from '../../../lib/cli/commands/doctor/host-check.ts';
import type { HostMessage } from '../../../lib/engine/changes/host-message.ts';
import type { Where } from '../../../lib/model/resource-type.ts';
import { auditHosts } from '../../../lib/pipeline/hosts/audit/audit-hosts.ts';
import { takeStep } from '../../../lib/pipeline/hosts/audit/audit-steps.ts';
import { parseHostMessage } from '../../../lib/pipeline/hosts/audit/host-message.ts';
import type { AuditStep } from '../../../lib/pipeline/hosts/ports.ts';
import { hostResults } from '../../../lib/pipeline/hosts/results/host-results.ts';
import type { EndedChain } from '../../../lib/pipeline/runtime/runtime.ts';
import { account, region } from '../../fakes/fake-resource.ts';
import { provenanceOf } from '../../fakes/heard.ts';
import { createHostWorld, type HostWorld } from '../../fakes/host-world.ts';
import { failing } from '../../fakes/host-world-catalogue.ts';

const member = '444455556666';
const hour = 3_600_000;
const ireland = { account, region: 'eu-west-1' };
const inMember = { account: member, region };
const inMembersIreland = { account: member, region: 'eu-west-1' };
const elsewhere = [ireland, inMember, inMembersIreland];

let world: HostWorld;
let ends: EndedChain[];
/** As the functions have it. */
const hosts = () => ({
  ...world.hosts,
  runtime: {
    ...world.hosts.runtime,
    endChain: (end: EndedChain) => void ends.push(end),
  },
});
const audit = (...steps: AuditStep[]) => auditHosts(steps, hosts());
/** Has all hosts audited, and takes what they answer. */
const auditAll = async () => {
  await audit({ audit: 'due' });
  const steps = world.audits.splice(0).map(({ step }) => step);
  const outcomes = await audit(...steps);
  const heard = await hostResults(await world.heard(), hosts());
  return { steps, outcomes, heard };
};

beforeEach(async () => {
  ends = [];
  world = await createHostWorld({
    place: { regions: [region, 'eu-west-1'], members: [member] },
  });
});
afterEach(() => world.remove());

describe('hosts in other regions and accounts', () => {
  it('are asked by a message for each place', async () => {
    const { steps } = await auditAll();
    expect(steps).toEqual([
      { audit: 'all' },
      ...elsewhere.map((where) => ({ audit: 'all', where })),
    ]);
  });

  it('are asked where they are, and known there by what they answer', async () => {
    world.add('i-home');
    for (const [index, where] of elsewhere.entries())
      world.add(`i-${index}`, failing('PL.SSH.1'), where);
    const { outcomes, heard } = await auditAll();
    expect([...outcomes, ...heard].filter((one) => 'failure' in one)).toEqual([]);
    for (const [index, where] of elsewhere.entries()) {
      const id = `i-${index}`;
      expect(world.rowOf(id, where)).toMatchObject({
        ref: { ...where, id },
        arn: `arn:aws:ec2:${where.region}:${where.account}:instance/${id}`,
        controls: { 'PL.SSH.1': { lastKnown: 'FAIL' }, 'PL.NET.1': { lastKnown: 'PASS' } },
      });
      expect(world.rowOf(id)).toBeUndefined();
      expect(world.complianceOf(id)).toContain('PL.SSH.1 NON_COMPLIANT');
      expect(world.imported).toContainEqual({
        where: expect.objectContaining(where),
        Id: `plumbline/${where.account}/${where.region}/PL.SSH.1/arn:aws:ec2:${where.region}:${where.account}:instance/${id}`,
        AwsAccountId: where.account,
      });
    }
    expect(world.rowOf('i-home')?.controls['PL.SSH.1']?.lastKnown).toBe('PASS');
  });

  it('are audited as they start, once they are online there', async () => {
    world.add('i-1', undefined, inMembersIreland);
    const time = world.now().toISOString();
    const event = {
      version: '0',
      source: 'aws.ec2',
      'detail-type': 'EC2 Instance State-change Notification',
      ...inMembersIreland,
      time,
      detail: { 'instance-id': 'i-1', state: 'running' },
    };
    const { place, clock } = world.hosts.runtime;
    const { items } = takeStep(event, place, provenanceOf(event, clock()));
    expect(items).toEqual([
      { audit: 'started', host: 'i-1', since: time, where: inMembersIreland },
    ]);
    world.later(130_000);
    await audit(...items);
    await hostResults(await world.heard(), hosts());
    expect(world.rowOf('i-1', inMembersIreland)?.controls['PL.HOST.1']?.lastKnown).toBe('PASS');
  });

  it('are silent by themselves: one of the same id elsewhere says nothing for them', async () => {
    const host = world.add('i-1', undefined, ireland);
    await auditAll();
    host.setRunning(false);
    world.later(25 * hour + 60_000);
    world.add('i-1');
    await audit({ audit: 'all' });
    expect(world.told).toContainEqual(
      expect.objectContaining({ type: 'silent', host: 'i-1', where: ireland }),
    );
  });

  it('are forgotten where they ended, and nowhere else', async () => {
    world.add('i-1');
    await auditAll();
    world.fleet.deregister('i-1');
    world.add('i-1', undefined, inMember);
    world.later(12 * hour);
    await auditAll();
    const ended: HostMessage = { type: 'terminated', host: 'i-1', where: inMember };
    world.states.delete('i-1');
    await hostResults([ended], hosts());
    expect(world.rowOf('i-1', inMember)?.goneAt).toBeDefined();
    expect(world.rowOf('i-1')?.goneAt).toBeUndefined();
  });
});

describe('what is said of a host elsewhere', () => {
  const heardFrom = (where: Where, over: object, command = 'c-1') => {
    const event = {
      version: '0',
      source: 'aws.ssm',
      ...where,
      detail: {
        'command-id': command,
        'document-name': 'Plumbline-AuditHost-ssh',
        'instance-id': 'i-1',
        'requested-date-time': world.now().toISOString(),
        status: 'Success',
      },
      ...over,
    };
    return parseHostMessage(
      event,
      world.hosts.runtime.place,
      provenanceOf(event, world.hosts.runtime.clock()),
    );
  };

  it('is of the account and region of AWS’s envelope', () => {
    expect(heardFrom(inMember, {}).items).toMatchObject([{ host: 'i-1', where: inMember }]);
    expect(heardFrom({ account, region }, {}).items).toEqual([
      expect.not.objectContaining({ where: expect.anything() }),
    ]);
  });

  it.each<[string, Where, string]>([
    ['an account that is not governed', { account: '777788889999', region }, 'foreign'],
    ['a region that is not governed', { account, region: 'sa-east-1' }, 'ungoverned'],
  ])('counts for nothing from %s', (_, where, dropped) => {
    expect(heardFrom(where, {})).toMatchObject({ items: [], dropped });
  });

  it('is no answer to a command that was sent to another place', async () => {
    world.add('i-1', failing('PL.SSH.1'));
    await auditHosts([{ audit: 'all' }], hosts());
    const own = (await world.heard()).filter(({ type }) => type === 'answered');
    world.later(60_000);
    const forged = own.map((one): HostMessage => ({ ...one, where: inMember }));
    expect(await hostResults(forged, hosts())).toEqual(own.map(() => ({ dropped: 'foreign' })));
    expect(world.rowOf('i-1')).toBeUndefined();
    expect(world.rowOf('i-1', inMember)).toBeUndefined();
  });

  it.each<[string, unknown, string]>([
    ['a place that is governed no longer', { account: '777788889999', region }, 'ungoverned'],
    ['no place', 'eu-west-1', 'malformed'],
  ])('is dropped of %s, also by our own word', (_, where, dropped) => {
    const since = world.now().toISOString();
    const message = { version: 1, type: 'silent', host: 'i-1', since, where };
    const { place, clock } = world.hosts.runtime;
    const provenance = provenanceOf(message, clock());
    expect(parseHostMessage(message, place, provenance)).toMatchObject({ items: [], dropped });
    const step = { version: 1, audit: 'again', host: 'i-1', areas: ['ssh'], where };
    expect(takeStep(step, place, provenanceOf(step, clock()))).toMatchObject({
      items: [],
      dropped,
    });
  });
});

describe('a place that lets nobody ask', () => {
  const named = (name: string, more: object = {}) =>
    Object.assign(new Error('no'), { name, ...more });
  const looked = () => ({ ...hosts(), everyHours: 12, now: world.now() }) as unknown as Looked;
  const refuse = (failure: Error | undefined) =>
    world.onAsk((where) => {
      if (failure && where.account === member) throw failure;
    });

  it('is not asked while all of it is closed', async () => {
    world.notes.set(`${account}/eu-west-1`, { ...ireland, closedSince: '2026-06-15T11:00:00Z' });
    const { steps } = await auditAll();
    expect(steps).not.toContainEqual({ audit: 'all', where: ireland });
    expect(steps).toContainEqual({ audit: 'all', where: inMember });
  });

  it('has it evaluated whether its account can be entered, and fails nothing', async () => {
    world.add('i-home');
    refuse(new NotEnteredError(member, new Error('AccessDenied')));
    const { outcomes } = await auditAll();
    expect(outcomes.filter((one) => 'failure' in one)).toEqual([]);
    expect(world.settles).toMatchObject([
      { change: { type: 'Plumbline::Member', ref: { account, id: member } } },
    ]);
    expect(world.rowOf('i-home')).toBeDefined();
  });

  it.each([
    ['a right that is missing', named('AccessDeniedException')],
    ['a region that the account has not enabled', named('UnrecognizedClientException')],
    ['a document that is not there', named('InvalidDocument')],
  ])('is said for %s, and not tried again', async (_, failure) => {
    refuse(failure);
    const { outcomes } = await auditAll();
    expect(outcomes.filter((one) => 'failure' in one)).toEqual([]);
    expect(ends).toContainEqual({
      chain: 'audit',
      of: 'Host::EC2::Instance',
      why: `hosts in eu-west-1 of account ${member} cannot be asked: no`,
    });
  });

  it('is noted with why, until they can be asked there', async () => {
    const at = world.now().toISOString();
    refuse(named('AccessDeniedException'));
    await auditAll();
    const places = await world.hosts.inventory.places();
    expect(places).toHaveLength(3);
    expect(places).toContainEqual({ ...ireland, askedAt: at });
    expect(places).toContainEqual({ ...inMember, askedAt: at, refused: 'no' });
    expect((await checkPlaces(looked())).faults.toSorted().toReversed()).toEqual([
      `hosts in ${region} of account ${member} cannot be asked, last tried at ${at}: no`,
      `hosts in eu-west-1 of account ${member} cannot be asked, last tried at ${at}: no`,
    ]);
    world.later(12 * hour);
    refuse(undefined);
    await auditAll();
    expect(await checkPlaces(looked())).toMatchObject({
      faults: [],
      told: { places: 3, refusing: 0 },
    });
  });

  it('is tried again where AWS was busy', async () => {
    refuse(named('ThrottlingException', { $metadata: { httpStatusCode: 400 } }));
    const { outcomes } = await auditAll();
    expect(outcomes.filter((one) => 'failure' in one)).toHaveLength(2);
    expect(ends).toEqual([]);
  });

  it('keeps what is known of its hosts where an answer cannot be fetched', async () => {
    world.add('i-1', failing('PL.SSH.1'), inMember);
    await auditAll();
    const before = world.rowOf('i-1', inMember);
    world.later(12 * hour);
    await audit({ audit: 'all', where: inMember });
    const told = await world.heard();
    refuse(new NotEnteredError(member, new Error('AccessDenied')));
    expect(await hostResults(told, hosts())).toEqual(told.map(() => ({ dropped: 'notEntered' })));
    expect(world.rowOf('i-1', inMember)).toEqual(before);
  });
});
