import { allControls } from '../../../lib/controls/index.ts';
import { conclusionOf } from '../../../lib/engine/remediation/outcome.ts';
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

const fixable = (await allControls()).filter(
  ({ remediation: { plan, combined } }) => plan ?? combined,
);
const types = new Map(fixable.flatMap(({ resources }) => resources.map((one) => [one.type, one])));

describe('a fix that does nothing, read fresh and half a minute old in turn', () => {
  it.each([...types])('of %s is not VERIFIED before it has settled', (_, { live }) => {
    const { settlesAfterSeconds } = live;
    const actedAt = new Date(start + 1000).toISOString();
    const { read, row } = life();
    const early = (seconds: number) => {
      // What a replica that is behind shows was so before the drift: it passes.
      read(seconds, { status: seconds % 2 === 0 ? 'PASS' : 'FAIL' });
      const found = row();
      const action = { ...acted, actedAt, state: 'VERIFYING' } as const;
      const now = new Date(start + seconds * 1000);
      const settled = found && settledIn(action, found, { ...sight, now, settlesAfterSeconds });
      return settled && conclusionOf(action, settled)?.outcome;
    };
    for (let seconds = 2; seconds < settlesAfterSeconds + 1; seconds += 1)
      expect(early(seconds)).toBeUndefined();
    const first = settlesAfterSeconds + 1;
    expect(early(first)).toBe(first % 2 === 0 ? 'VERIFIED' : 'INEFFECTIVE');
  });
});
