import { drift, remediated } from '../../fakes/fleet-drift.ts';
import { givenHardening } from '../../fakes/given-hardening.ts';

describe('two canaries', () => {
  const many = ['i-1', 'i-2', 'i-3', 'i-4', 'i-5'];
  const more = givenHardening(
    { 'PL.SSH.1': remediated },
    { hosts: many, wrong: [], settings: { canary: '50%', canaryMinutes: 10 } },
  );

  it('that answer at once have the rest begun once', async () => {
    await drift(more, ...many);
    expect(more.changed()).toHaveLength(2);
    await more.pass(35);
    expect(more.changed().sort()).toEqual(many);
    expect(more.actions().map(({ state }) => state)).toEqual(many.map(() => 'VERIFIED'));
    expect(more.actions().filter((one) => one.canary)).toHaveLength(2);
  });

  it('of which one fails stop all others', async () => {
    more.lie((name, honest, host) =>
      name === 'Plumbline-ConfirmHost' && host === more.changed()[1]
        ? honest.replace('confirmed', 'refused')
        : honest,
    );
    await drift(more, ...many);
    await more.pass(60);
    expect(more.changed()).toHaveLength(2);
    const states = more.actions().map(({ state, guard }) => `${state} ${guard ?? ''}`.trim());
    expect(states.sort()).toEqual([
      ...Array.from({ length: 3 }, () => 'BLOCKED rollout'),
      'PARTIAL',
      'VERIFIED',
    ]);
  });
});

describe('hosts that ask at the same moment', () => {
  const many = ['i-1', 'i-2', 'i-3', 'i-4', 'i-5', 'i-6'];
  const crowd = givenHardening(
    { 'PL.SSH.1': remediated },
    { hosts: many, wrong: ['PL.SSH.1'], settings: { canary: '2' } },
  );
  it('take no more slots than there are', async () => {
    const outcomes = await crowd.askAtOnce(...many);
    expect(outcomes.flat()).toEqual(many.map(() => ({ done: 1 })));
    await crowd.settle();
    expect(crowd.changed()).toHaveLength(2);
    const [rollout] = await crowd.rollouts();
    expect(rollout?.canaries.map(({ host }) => host).sort()).toEqual(crowd.changed().sort());
    await crowd.pass(60);
    expect(crowd.changed().sort()).toEqual(many);
  });
});
