import { settledIn } from '../../../lib/engine/remediation/settled-row.ts';
import { actionOnLamp, life, start } from '../../fakes/row-life.ts';

const acted = actionOnLamp();
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
