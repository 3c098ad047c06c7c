import type { Action } from '../../../lib/engine/remediation/action.ts';
import { call } from '../../../lib/model/control.ts';
import { givenHardening } from '../../fakes/given-hardening.ts';

const host = givenHardening();
const { memory, settle, ask, askUndo, actionOf, names, step, world } = host;

const rewrite = (id: string, how: (action: Action) => Partial<Action>) => {
  const entry = memory().entries.get(id);
  if (!entry) throw new Error(`there is no ${id}`);
  memory().entries.set(id, { ...entry, action: { ...entry.action, ...how(entry.action) } });
};
const undoBy = (DocumentName: string, InstanceIds: string[], Id: string) => (action: Action) => {
  if (action.plan?.kind !== 'calls') throw new Error('it has no calls');
  const back = call('ssm', 'sendCommand', { DocumentName, InstanceIds, Parameters: { Id: [Id] } });
  return { plan: { ...action.plan, undo: { calls: [back], widensAccess: true } } };
};

const forgeries: Record<string, (action: Action) => Partial<Action>> = {
  'sends another document': undoBy('AWS-RunShellScript', ['i-1'], 'x'),
  'is sent to another host': undoBy('Plumbline-RollbackHost', ['i-2'], 'x'),
  'takes back what another command did': undoBy('Plumbline-RollbackHost', ['i-1'], 'x'),
  'may send any document': ({ grants = [] }) => ({
    grants: [...grants, { actions: ['ssm:SendCommand'], resources: ['*'] }],
  }),
  'is of another host': ({ ref }) => ({ ref: { ...ref, id: 'i-2' } }),
};

describe('an undo on a host is refused where the ledger says that it', () => {
  it.each(Object.entries(forgeries))('%s', async (_, how) => {
    const id = ask();
    await settle();
    expect(actionOf(id)?.state).toBe('VERIFIED');
    rewrite(id, how);
    const undo = askUndo(id);
    await settle();
    expect(actionOf(undo)).toMatchObject({ state: 'BLOCKED', guard: 'ledger', calls: [] });
    expect(names()).toEqual(['HardenHost-ssh', 'ConfirmHost']);
    expect(memory().notices).toHaveLength(1);
  });
});

describe('a change of a host', () => {
  it('is not confirmed where the ledger says that more may be sent', async () => {
    const id = ask();
    // What was sent is kept, and not answered yet.
    await step();
    rewrite(id, ({ grants = [] }) => ({ grants: [...grants, ...grants] }));
    await settle();
    expect(names()).toEqual(['HardenHost-ssh']);
    expect(actionOf(id)?.calls.at(-1)?.error).toMatch(/may do is not what PL\.SSH\.1 plans/);
    expect(world().findingOf('i-1', 'PL.SSH.1')).toBeDefined();
  });
});
