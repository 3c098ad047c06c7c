import { allControls } from '../../lib/controls/index.ts';
import { makesCalls, missingDrift } from './drift.ts';
import { drifts } from './drifts/index.ts';

const controls = await allControls();
/** Controls that nobody can make fail on the local AWS, with the reason. */
const withoutDrift: Readonly<Record<string, string>> = {
  'S3.4': 'AWS, and the local AWS after it, shows SSE-S3 where no encryption is set',
};
const called = controls.filter((control) => makesCalls(control) && !withoutDrift[control.id]);

it.each(called.map(({ id, resources }) => [id, resources.map(({ type }) => type)] as const))(
  '%s, whose plan makes calls, has a drift that the whole path puts right',
  (id, types) => {
    const own = drifts.filter(({ control }) => control === id);
    if (own.length === 0) throw new Error(missingDrift(id));
    for (const drift of own) expect(types).toContain(drift.type);
  },
);
