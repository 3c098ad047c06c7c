import type { Path } from '../../document/document.ts';
import type { Wanted } from '../mapping.ts';
import type { Whole } from '../owners.ts';
import type { Planned } from '../plan.ts';
import type { View } from '../view.ts';

/** A change of the resources of a plan. */
export type Change =
  | (Wanted & { readonly kind: 'set'; readonly resource: Planned })
  /** An item of a list, or a block, goes. */
  | { readonly kind: 'take'; readonly resource: Planned; readonly path: Path }
  | { readonly kind: 'drop'; readonly resource: Planned }
  | {
      readonly kind: 'add';
      /** Of which it is a part. */
      readonly owner: Planned;
      readonly type: string;
      readonly values: readonly Wanted[];
    };

export interface Planning {
  readonly wholes: ReadonlyMap<string, Whole>;
  viewOf(resource: Planned): View;
}
