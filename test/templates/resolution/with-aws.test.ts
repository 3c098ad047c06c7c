import { pass } from '../../../lib/model/control.ts';
import { outcomeWhereMade } from '../../../lib/templates/check/outcome-where-made.ts';
import type { Choice, World } from '../../../lib/templates/resolution/world.ts';

const choice = (id: string, kind: Choice['kind']): Choice => ({
  id,
  kind,
  values: [true, false],
  say: (value) => `${id} is ${value}`,
});
const declared = {
  logicalId: 'Queue',
  type: 'AWS::SQS::Queue',
  properties: {},
  path: [],
  condition: undefined,
  metadata: {},
};

/** The outcome where so much is open, and the worlds that were looked at. */
const tried = async (
  kind: Choice['kind'],
  open: number,
  asked: { readonly isCounted: boolean; readonly isExplicit?: boolean; readonly exposes?: boolean },
) => {
  const { exposes = false, isExplicit = false, isCounted } = asked;
  let runs = 0;
  const run = (world: World) => {
    runs += 1;
    for (let n = 0; n < open; n += 1) world.choose(choice(`open ${n}`, 'open'));
    return world.choose(choice('encryption', kind)) === true ? pass : failing;
  };
  const control = exposes ? { exposes } : {};
  const outcome = await outcomeWhereMade(run, { control, declared, isExplicit, isCounted });
  return { runs, status: outcome?.verdict.status, byDefault: outcome?.byDefault };
};
const failing = {
  status: 'FAIL' as const,
  reason: 'not encrypted',
  evidence: [{ path: 'queue.key', actual: null, expected: 'a key' }],
};

describe('what passes by what AWS does by itself', () => {
  it.each([
    ['default', false],
    ['setting', false],
    ['setting', true],
  ] as const)(
    'is not tried otherwise where it is counted alone (%s, exposes: %s)',
    async (kind, exposes) => {
      expect(await tried(kind, 0, { isCounted: true, exposes })).toMatchObject({
        runs: 1,
        status: 'PASS',
      });
    },
  );

  it('is tried otherwise where that is told, or does not count', async () => {
    expect(await tried('default', 0, { isCounted: false })).toEqual({
      runs: 2,
      status: 'PASS',
      byDefault: ['encryption'],
    });
    expect(await tried('default', 0, { isCounted: true, exposes: true })).toMatchObject({
      status: 'FAIL',
    });
    expect(await tried('default', 0, { isCounted: true, isExplicit: true })).toMatchObject({
      status: 'FAIL',
    });
  });

  it.each([true, false])(
    'passes where only those other ways are more than are looked at (counted: %s)',
    async (isCounted) => {
      expect(await tried('setting', 7, { isCounted })).toMatchObject({ status: 'PASS' });
      expect(await tried('setting', 8, { isCounted })).toMatchObject({ status: 'UNKNOWN' });
    },
  );
});
