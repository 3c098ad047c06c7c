import type { ToldOf } from '../../engine/changes/told-of.ts';
import type { AnyResourceType } from '../../model/resource-type.ts';

/** The resource types that are evaluated. */
export interface Types {
  /** The one of a name; none of a name that is no type, which may be anybody's, as `toString`. */
  readonly named: (name: string) => Promise<AnyResourceType | undefined>;
  /**
   * Those that a message can be about, and of what AWS tells those that borrow of them; the same list for each such
   * message: what is known of types is looked up by it.
   */
  readonly about: (told: ToldOf) => Promise<readonly AnyResourceType[]>;
  readonly all: () => Promise<readonly AnyResourceType[]>;
}

/** Types that are loaded already. */
export const typesIn = (all: readonly AnyResourceType[]): Types => ({
  named: async (name) => all.find(({ type }) => type === name),
  about: async () => all,
  all: async () => all,
});
