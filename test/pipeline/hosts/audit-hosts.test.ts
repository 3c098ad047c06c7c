import { jest } from '@jest/globals';
import { auditHosts } from '../../../lib/pipeline/hosts/audit/audit-hosts.ts';
import { takeStep } from '../../../lib/pipeline/hosts/audit/audit-steps.ts';
import type { AuditStep } from '../../../lib/pipeline/hosts/ports.ts';
import type { EndedChain } from '../../../lib/pipeline/runtime/runtime.ts';
import { account, region } from '../../fakes/fake-resource.ts';
import { provenanceOf } from '../../fakes/heard.ts';
import { createHostWorld, type HostWorld } from '../../fakes/host-world.ts';

const place = { account, homeRegion: region, regions: [region] };
const minute = 60_000;
const hour = 60 * minute;

let world: HostWorld;
beforeEach(async () => {
  world = await createHostWorld();
});
afterEach(() => world.remove());

const running = (time: string, over: object = {}) => ({
  version: '0',
  source: 'aws.ec2',
  'detail-type': 'EC2 Instance State-change Notification',
  account,
  region,
  time,
  detail: { 'instance-id': 'i-1', state: 'running' },
  ...over,
});
const takeOne = (step: AuditStep) => auditHosts([step], world.hosts);
/** Goes on with what was asked for later, in its own time, until nothing is. */
const goOn = async (step: AuditStep, onLook: (minutes: number) => void = () => {}) => {
  const began = world.now().getTime();
  await takeOne(step);
  for (let next = world.audits.shift(); next; next = world.audits.shift()) {
    world.later((next.delaySeconds ?? 0) * 1000);
    onLook((world.now().getTime() - began) / minute);
    await takeOne(next.step);
  }
  return Math.round((world.now().getTime() - began) / 1000);
};
const started = (): AuditStep => ({
  audit: 'started',
  host: 'i-1',
  since: world.now().toISOString(),
});

describe('a host that has started', () => {
  it('is known by EC2’s own event', () => {
    const time = '2026-06-15T12:00:00Z';
    expect(takeStep(running(time), place, provenanceOf({}))).toEqual({
      items: [{ audit: 'started', host: 'i-1', since: time }],
      ids: { host: 'i-1', state: 'running' },
    });
  });

  it.each([
    ['of another account', { account: '210987654321' }, 'foreign'],
    ['of another region', { region: 'eu-west-1' }, 'ungoverned'],
    ['of a source that anybody can use', { source: 'my.ec2' }, 'foreign'],
    ['of another state', { detail: { 'instance-id': 'i-1', state: 'stopped' } }, 'readOnly'],
    ['without an instance', { detail: { state: 'running' } }, 'malformed'],
  ])('is not known by an event %s', (_, over, dropped) => {
    expect(takeStep(running('2026-06-15T12:00:00Z', over), place, provenanceOf({}))).toMatchObject({
      items: [],
      dropped,
    });
  });

  it('is left to boot for 120 seconds', async () => {
    world.add('i-1');
    const step = started();
    world.later(3000);
    await takeOne(step);
    expect(world.sent).toEqual([]);
    expect(world.audits).toEqual([{ step, delaySeconds: 117 }]);
  });

  it('is asked as soon as its agent is online, by every document', async () => {
    const host = world.add('i-1');
    host.setRunning(false);
    const seconds = await goOn(started(), (minutes) => host.setRunning(minutes > 9));
    expect(seconds).toBe(10 * 60);
    expect(world.sent.map(({ DocumentName, InstanceIds }) => [DocumentName, InstanceIds])).toEqual([
      ['Plumbline-AuditHost-ssh', ['i-1']],
      ['Plumbline-AuditHost-kernel', ['i-1']],
    ]);
    expect(world.told).toEqual([]);
  });

  it('is silent where the agent that SSM knows is not online after 15 minutes more', async () => {
    world.add('i-1').setRunning(false);
    const since = world.now().toISOString();
    expect(await goOn(started())).toBe(17 * 60);
    expect(world.sent).toEqual([]);
    expect(world.told).toEqual([{ type: 'silent', host: 'i-1', since }]);
  });

  it('is no host where Systems Manager has never heard of it', async () => {
    expect(await goOn(started())).toBe(17 * 60);
    expect(world.told).toEqual([]);
  });
});

describe('the schedule', () => {
  const all: AuditStep = { audit: 'all' };

  it('begins as soon as the stack stands, and then as often as the baseline says', async () => {
    const begun: number[] = [];
    const end = 25 * 60;
    for (let minutes = 0; minutes <= end; minutes += 15) {
      await takeOne({ audit: 'due' });
      if (world.audits.splice(0).some(({ step }) => step.audit === 'all')) begun.push(minutes);
      world.later(15 * minute - 50);
    }
    expect(begun).toEqual([0, 12 * 60, 24 * 60]);
  });

  it('asks every host that is online, by at most 50 and as gently as the baseline says', async () => {
    for (let number = 0; number < 121; number += 1) world.add(`i-${number}`);
    world.add('i-off').setRunning(false);
    await goOn(all);
    const ssh = world.sent.filter(({ DocumentName }) => DocumentName?.endsWith('ssh'));
    expect(ssh.map(({ InstanceIds = [] }) => InstanceIds.length)).toEqual([50, 50, 21]);
    expect(new Set(ssh.flatMap(({ InstanceIds = [] }) => InstanceIds)).size).toBe(121);
    expect(world.sent).toHaveLength(6);
    for (const request of world.sent)
      expect(request).toMatchObject({
        MaxConcurrency: '25%',
        MaxErrors: '50%',
        DocumentVersion: '3',
        DocumentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        DocumentHashType: 'Sha256',
      });
  });

  it('ends at the ten thousandth page, and says so', async () => {
    for (let number = 0; number < 51; number += 1) world.add(`i-${number}`);
    const { runtime } = world.hosts;
    const ends: EndedChain[] = [];
    const hosts = {
      ...world.hosts,
      runtime: { ...runtime, endChain: (end: EndedChain) => ends.push(end) },
    };
    await auditHosts([{ ...all, page: 10_000 }], hosts);
    expect(world.audits).toEqual([]);
    expect(ends).toEqual([
      {
        chain: 'audit',
        of: 'Host::EC2::Instance',
        why: 'page 10000 leads to no end: the hosts after it are not audited',
      },
    ]);
  });

  it('numbers its pages', () => {
    const message = { version: 1, audit: 'all', token: 'next', page: 2 };
    const taken = takeStep(message, place, provenanceOf(message));
    expect(taken.items).toEqual([{ audit: 'all', token: 'next', page: 2 }]);
  });

  it('asks with what the baseline sets otherwise, each document of its own area', async () => {
    world.add('i-1');
    await goOn(all);
    expect(world.sent.map(({ Parameters }) => Parameters)).toEqual([
      { Areas: ['ssh'], Parameters: ['PL.SSH.6.max=3'] },
      { Areas: ['kernel'], Parameters: ['none'] },
    ]);
  });

  it('asks the others where one has gone meanwhile', async () => {
    for (const id of ['i-1', 'i-2', 'i-3', 'i-4', 'i-5']) world.add(id);
    world.onSend(() => world.fleet.deregister('i-4'));
    await goOn(all);
    const ssh = world.sent.filter(({ DocumentName }) => DocumentName?.endsWith('ssh'));
    expect(ssh.flatMap(({ InstanceIds = [] }) => InstanceIds)).toEqual([
      'i-1',
      'i-2',
      'i-3',
      'i-5',
    ]);
  });

  it('asks nobody where somebody has changed one of the documents', async () => {
    world.add('i-1');
    const content = world.contents.get('Plumbline-AuditHost-kernel');
    world.contents.set(
      'Plumbline-AuditHost-kernel',
      Object.assign({}, content, { description: 'x' }),
    );
    const [outcome] = await takeOne(all);
    expect(outcome).toMatchObject({
      failure: { message: expect.stringContaining('Plumbline-AuditHost-kernel is not as it was') },
    });
    expect(world.sent).toEqual([]);
  });

  it('notes how many hosts are known, for the limits of what is put right', async () => {
    const noted = jest.spyOn(world.hosts.runtime.posture, 'notePopulation');
    for (let index = 1; index <= 60; index += 1) world.add(`i-${index}`);
    await takeOne(all);
    expect(noted).not.toHaveBeenCalled();
    for (const { step } of world.audits.splice(0)) await takeOne(step);
    expect(noted.mock.calls).toEqual([['Host::EC2::Instance', 60]]);
  });

  it('tells of a host that has answered nothing for two schedules', async () => {
    const host = world.add('i-1');
    world.add('i-2');
    await takeOne(all);
    await world.listen();
    host.setRunning(false);
    const asked = world.now().toISOString();
    world.later(24 * hour);
    await takeOne(all);
    await world.listen();
    expect(world.told).toEqual([]);
    world.later(hour + minute);
    await takeOne(all);
    expect(world.told).toEqual([{ type: 'silent', host: 'i-1', since: asked }]);
  });
});
