import { controlsOf } from '../../controls/index.ts';
import type { Control } from '../../model/control.ts';

/** Every control of a type, enabled or not; none of a name that is no type, which may be anybody's, as `toString`. */
export const controlsOn = async (type: string): Promise<readonly Control[]> =>
  Object.hasOwn(controlsOf, type) ? ((await controlsOf[type]?.()) ?? []) : [];
