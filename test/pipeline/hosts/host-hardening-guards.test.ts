import { givenHardening } from '../../fakes/given-hardening.ts';
import { hardening } from '../../fakes/host-world-catalogue.ts';

const host = givenHardening();
const { world, memory, settle, ask, actionOf, names } = host;

describe('nothing is sent to a host', () => {
  it('that an Auto Scaling group owns', async () => {
    world().tags.set('aws:autoscaling:groupName', 'web');
    const id = ask();
    await settle();
    expect(actionOf(id)).toMatchObject({ state: 'BLOCKED', guard: 'ownership' });
    expect(actionOf(id)?.why).toContain('put its image right');
    expect(names()).toEqual([]);
  });

  it('whose agent is not online, which a person is told at once', async () => {
    host.setRunning('i-1', false);
    const id = ask();
    await settle();
    expect(actionOf(id)).toMatchObject({ state: 'BLOCKED', guard: 'online' });
    expect(names()).toEqual([]);
  });

  it('for a control that is only observed', async () => {
    const id = ask('PL.NET.1');
    await settle();
    expect(actionOf(id)).toMatchObject({ state: 'BLOCKED', guard: 'mode' });
    expect(names()).toEqual([]);
  });

  it('while another action changes it', async () => {
    const [first, second] = [ask(), ask()];
    await settle();
    expect(actionOf(second)).toMatchObject({ state: 'BLOCKED', guard: 'turn' });
    expect(actionOf(first)?.state).toBe('VERIFIED');
    expect(names()).toEqual(['HardenHost-ssh', 'ConfirmHost']);
  });

  it('a second time, where a delivery died before it knew whether something was sent', async () => {
    const id = ask();
    const action = { ...host.begun(id), controls: ['PL.SSH.1'] };
    memory().entries.set(id, { version: 1, action });
    await settle();
    world().later(7 * 60_000);
    await settle();
    expect(names()).toEqual([]);
    expect(actionOf(id)).toMatchObject({ state: 'PARTIAL' });
    expect(actionOf(id)?.why).toContain('interrupted');
  });

  it('with a document that is no longer as it was deployed', async () => {
    world().contents.set(hardening, { schemaVersion: '2.2', mainSteps: [] });
    const id = ask();
    await settle();
    expect(names()).toEqual([]);
    expect(actionOf(id)?.calls[0]?.error).toContain('not as it was deployed');
  });

  it('once remediation is switched off, not even the confirmation', async () => {
    memory().switchedBy(() => names().length === 0);
    const id = ask();
    await settle();
    expect(names()).toEqual(['HardenHost-ssh']);
    expect(actionOf(id)?.calls.at(-1)?.error).toContain('switched off');
  });
});
