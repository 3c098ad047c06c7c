import type { Call } from '../../../lib/model/control.ts';
import type { Effects } from './effects.ts';
import { effects } from './index.ts';

type Snapshot = Readonly<Record<string, unknown>>;
export type EffectsByService = Readonly<Record<string, Effects>>;

/**
 * The snapshot after these calls. Throws where it is not written down what AWS does at one of them.
 * @param own what it does at calls of one control alone, which that control's test says
 */
export const applied = (
  snapshot: Snapshot,
  calls: readonly Call[],
  own: EffectsByService = {},
): Snapshot => {
  let after = snapshot;
  for (const { service, operation, input } of calls) {
    const [shared, ours] = [effects, own].map((all) => all[service]?.[operation]);
    const effect = shared ?? ours;
    if (!effect)
      throw new Error(
        `say what AWS does to the facets at ${service}.${operation}, in the table: effects: { ${service}: { ${operation}: (snapshot, input) => … } }; where tests of several controls need it, in test/controls/apply/${service}.ts`,
      );
    if (shared && ours)
      throw new Error(`what AWS does at ${service}.${operation} stands in test/controls/apply too`);
    after = effect(after, { ...input });
  }
  return after;
};
