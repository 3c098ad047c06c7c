import { allControls } from '../../lib/controls/index.ts';
import { canBePlanned, plannedActions } from '../../lib/engine/remediation/planning.ts';
import { drifts } from './drifts/index.ts';

const controls = await allControls();
/** Controls that nobody can make fail on the local AWS, with the reason. */
const withoutDrift: Readonly<Record<string, string>> = {
  'S3.4': 'AWS, and the local AWS after it, shows SSE-S3 where no encryption is set',
};
const called = controls.filter(
  (control) =>
    canBePlanned(control) && plannedActions(control).length > 0 && !withoutDrift[control.id],
);

it.each(called.map(({ id, resources }) => [id, resources.map(({ type }) => type)] as const))(
  '%s, whose plan makes calls, has a drift that the whole path puts right',
  (id, types) => {
    const own = drifts.filter(({ control }) => control === id);
    if (own.length === 0)
      throw new Error(
        `write a drift of ${id} in test/remediation/drifts: what makes a resource that passes, and what somebody then does to it`,
      );
    for (const drift of own) expect(types).toContain(drift.type);
  },
);
