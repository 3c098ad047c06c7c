import type { Action, CallOutcome } from '../../../lib/engine/remediation/action.ts';
import { isFixedAtFirst } from '../../../lib/engine/remediation/provisional.ts';
import { actionOnLamp, life, start } from '../../fakes/row-life.ts';

const at = new Date(start + 10_000).toISOString();
const done: CallOutcome = { service: 'lamp', operation: 'turnOff', at, result: 'done' };
const acted = actionOnLamp({ actedAt: at, calls: [done] });
const passed = (seconds = 11) => {
  const { read, row } = life();
  read(seconds, { status: 'PASS' });
  const found = row();
  if (!found) throw new Error('no row');
  return found;
};

describe('a first read shows a fix', () => {
  it('where the control passes after calls that AWS took', () => {
    expect(isFixedAtFirst(acted, passed())).toBe(true);
  });

  const others: Readonly<Record<string, Partial<Action>>> = {
    'where a call failed': { calls: [done, { ...done, result: 'failed' }] },
    'where AWS said that it was so already': { calls: [{ ...done, result: 'tolerated' }] },
    'where nobody knows what became of a call': { calls: [{ ...done, result: 'lost' }] },
    'where nothing was called': { calls: [] },
    'of an undo': { undoes: 'pl-0' },
    'once the outcome was said': { state: 'VERIFIED' },
    'of a control that was not evaluated': { controls: ['T.1', 'T.2'] },
    'by a read from before the last call': { actedAt: new Date(start + 12_000).toISOString() },
  };
  it.each(Object.entries(others))('not %s', (_, more) => {
    expect(isFixedAtFirst({ ...acted, ...more }, passed())).toBe(false);
  });

  it('not where it fails', () => {
    const { read, row } = life();
    read(11, { status: 'FAIL' });
    const found = row();
    expect(found && isFixedAtFirst(acted, found)).toBe(false);
  });
});
