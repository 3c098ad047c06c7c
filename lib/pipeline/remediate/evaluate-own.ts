import { homeOf } from '../../engine/changes/place.ts';
import type { AnyResourceType } from '../../model/resource-type.ts';
import { breakers } from '../../resources/account/breakers.ts';
import { killSwitch } from '../../resources/account/switch.ts';
import type { Runtime } from '../runtime/runtime.ts';

type Own = Pick<Runtime, 'place' | 'queues'>;

/** Has what remediation keeps of itself evaluated, so that one finding says of it. */
const evaluateOwn = async (
  { type, facets }: AnyResourceType,
  { place, queues }: Own,
): Promise<void> => {
  const home = homeOf(place);
  await queues.review({
    version: 1,
    type,
    ref: { ...home, id: home.region },
    facets: Object.keys(facets),
    cause: { kind: 'review' },
  });
};

export const evaluateBreakers = (runtime: Own): Promise<void> => evaluateOwn(breakers, runtime);
export const evaluateSwitch = (runtime: Own): Promise<void> => evaluateOwn(killSwitch, runtime);
