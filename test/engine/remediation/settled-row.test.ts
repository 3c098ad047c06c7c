import type { Action } from '../../../lib/engine/remediation/action.ts';
import { settledIn } from '../../../lib/engine/remediation/settled-row.ts';
import { life, start } from '../../fakes/row-life.ts';

const acted: Action = {
  id: 'pl-1',
  type: 'Plumbline::Lamp',
  ref: { account: '123456789012', region: 'us-east-1', id: 'hall' },
  arn: 'arn:aws:lamp:::hall',
  controls: ['T.1'],
  askedBy: { kind: 'drift' },
  state: 'VERIFYING',
  driftedBy: [],
  startedAt: new Date(start).toISOString(),
  calls: [],
};
const sight = { type: { facets: {} }, after: {}, now: new Date(start), settlesAfterSeconds: 20 };

describe('what a row says of an action', () => {
  it('is its verdict, where that was read late enough', () => {
    const { read, row } = life();
    read(60, { status: 'FAIL' });
    const found = row();
    expect(found && settledIn(acted, found, sight)?.verdicts).toEqual(['FAIL']);
  });

  it('is nothing known, where somebody hides the resource: that says nothing of what the action did', () => {
    const { read, row, control, put } = life();
    read(60, { status: 'FAIL' });
    const kept = control();
    if (kept) put({ ...kept, hidden: { was: 'FAIL', since: acted.startedAt } });
    const found = row();
    expect(found && settledIn(acted, found, sight)?.verdicts).toEqual(['UNKNOWN']);
  });
});
