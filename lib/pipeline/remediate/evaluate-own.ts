import { homeOf } from '../../engine/changes/place.ts';
import { breakersType, switchType } from '../../resources/account/own-names.ts';
import type { Runtime } from '../runtime/runtime.ts';

type Own = Pick<Runtime, 'place' | 'queues'>;

/** Has what remediation keeps of itself evaluated, so that one finding says of it. */
const evaluateOwn = async (type: string, { place, queues }: Own): Promise<void> => {
  const home = homeOf(place);
  const ref = { ...home, id: home.region };
  await queues.review({ version: 1, type, ref, facets: 'all', cause: { kind: 'review' } });
};

export const evaluateBreakers = (runtime: Own): Promise<void> => evaluateOwn(breakersType, runtime);
export const evaluateSwitch = (runtime: Own): Promise<void> => evaluateOwn(switchType, runtime);
