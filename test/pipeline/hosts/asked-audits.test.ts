import type { OperatorScope } from '../../../lib/engine/baseline/operators.ts';
import type { Provenance } from '../../../lib/engine/changes/sender.ts';
import { takeMessage } from '../../../lib/pipeline/hosts/audit/asked-audits.ts';
import { auditHosts } from '../../../lib/pipeline/hosts/audit/audit-hosts.ts';
import { account } from '../../fakes/fake-resource.ts';
import { createHostWorld, type HostWorld } from '../../fakes/host-world.ts';
import { operatorArn, operatorId, operators } from '../../fakes/operator.ts';

const id = '0b0b0b0b-1111-4222-8333-444444444444';
const other = '0c0c0c0c-1111-4222-8333-444444444444';
const ask = { version: 1, audit: 'asked', id };

let world: HostWorld;
beforeEach(async () => {
  world = await createHostWorld();
});
afterEach(() => world.remove());

const from = (sender: Provenance['sender']) => ({ provenance: { sender, now: world.now() } });
const ops = (): { provenance: Provenance } =>
  from({ kind: 'principal', id: operatorId, session: 'ann' });
const taken = (body: unknown, heard = ops(), scope?: OperatorScope) => {
  const { runtime } = world.hosts;
  const operatorScopes = scope ? { [operatorArn]: scope } : {};
  const baseline = { ...runtime.baseline, operators: [operatorArn], operatorScopes };
  return takeMessage(body, { ...runtime, baseline, operators }, heard);
};

describe('an ask for an audit', () => {
  it('is taken from an operator, who is known by the id that SQS says', async () => {
    expect(await taken({ ...ask, by: 'arn:aws:iam::1:user/eve', host: 'i-1' })).toEqual({
      items: [{ audit: 'asked', id }],
      ids: { audit: 'asked', id, by: operatorArn },
    });
  });

  it.each<[string, OperatorScope]>([
    ['who may audit', { may: ['audit'] }],
    ['of this account', { accounts: [account] }],
  ])('is taken from an operator %s', async (_, scope) => {
    expect((await taken(ask, ops(), scope)).items).toHaveLength(1);
  });

  it.each<[string, OperatorScope]>([
    ['who may do all but that', { may: ['fix', 'undo', 'exempt'] }],
    ['of another account', { accounts: ['210987654321'] }],
  ])('is dropped from an operator %s', async (_, scope) => {
    expect(await taken(ask, ops(), scope)).toMatchObject({ items: [], dropped: 'outsider' });
  });

  it.each<[string, Provenance['sender']]>([
    ['anybody else', { kind: 'principal', id: 'AROASTRANGER000000000' }],
    [
      'a role of ours, which asks for nothing in a person’s place',
      { kind: 'own', role: 'AROAOWN' },
    ],
  ])('is dropped from %s', async (_, sender) => {
    expect(await taken(ask, from(sender))).toMatchObject({ items: [], dropped: 'outsider' });
  });

  it.each([undefined, '', 'i-1', `${id}0`, 'pl-00000000000000000000', 7])(
    'is dropped with the id %j',
    async (wrong) => {
      expect(await taken({ ...ask, id: wrong })).toMatchObject({ dropped: 'malformed' });
    },
  );

  it('is all that an operator can ask for: steps of our own stay ours', async () => {
    const step = { version: 1, audit: 'all', token: 'x' };
    expect(await taken(step)).toMatchObject({ items: [], dropped: 'outsider' });
  });
});

describe('an audit that somebody asked for', () => {
  const take = (asked: string) => auditHosts([{ audit: 'asked', id: asked }], world.hosts);
  const sent = () => world.sent.splice(0).map(({ DocumentName }) => DocumentName);

  it('sends the documents that only look to every host, and says when it began', async () => {
    world.add('i-1');
    const now = world.now().toISOString();
    expect(await take(id)).toEqual([{ done: 1 }]);
    expect(sent()).toEqual(['Plumbline-AuditHost-ssh', 'Plumbline-AuditHost-kernel']);
    expect(await world.hosts.asks.became(id)).toEqual({ takenAt: now });
  });

  it('is not made twice within a minute, which the second is told', async () => {
    world.add('i-1');
    await take(id);
    sent();
    world.later(59_000);
    await take(other);
    expect([sent(), await world.hosts.asks.became(other)]).toEqual([[], { isTooSoon: true }]);
    world.later(1000);
    await take('0d0d0d0d-1111-4222-8333-444444444444');
    expect(sent()).toHaveLength(2);
  });

  it('that failed is made with the next delivery, and began when it first did', async () => {
    world.add('i-1');
    const now = world.now().toISOString();
    world.onSend(() => {
      throw new Error('throttled');
    });
    expect(await take(id)).toEqual([{ failure: expect.any(Error) }]);
    world.onSend(() => {});
    world.later(4000);
    await take(id);
    expect(sent()).not.toEqual([]);
    expect(await world.hosts.asks.became(id)).toEqual({ takenAt: now });
  });
});
