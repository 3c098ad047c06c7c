import type { IamAction } from '../model/calls.ts';
import type { About, Page, Reader, Ref } from '../model/resource-type.ts';

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}
export const tagsIn = (tags: readonly Tag[] = []): About['tags'] =>
  Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));

interface LowerCaseTag {
  readonly key?: string | undefined;
  readonly value?: string | undefined;
}
/** Tags of services that write their members in lower case. */
export const lowerCaseTagsIn = (tags: readonly LowerCaseTag[] = []): About['tags'] =>
  Object.fromEntries(tags.map(({ key = '', value = '' }) => [key, value]));

/** The one that was asked for. Most calls fail for what is not there; an answer without it is then that error. */
export const only = <T>(found: readonly T[] | undefined, gone: string): T => {
  const [one] = found ?? [];
  if (one === undefined) throw Object.assign(new Error('described without it'), { name: gone });
  return one;
};

interface Description<One> {
  /** What describing takes. */
  readonly actions: readonly IamAction[];
  arn(ref: Ref, one: One): string;
  /** Throws where there is none. */
  describe(reader: Reader, ref: Ref): Promise<One>;
  tagsOf(one: One): About['tags'];
}

/** A kind of resource of which one call shows settings and tags; most listings show the same. */
export const described = <One>({ actions, arn, describe, tagsOf }: Description<One>) => {
  const aboutOf = (ref: Ref, one: One): About => ({ arn: arn(ref, one), tags: tagsOf(one) });
  return {
    about: {
      actions,
      read: async (reader: Reader, ref: Ref) => aboutOf(ref, await describe(reader, ref)),
    },
    /** @param passing what of it goes by itself from one value to the next, as a state does. @default - nothing */
    facet: <V extends object>(shown: (one: One) => V, passing?: keyof V & string) => ({
      actions,
      read: async (reader: Reader, ref: Ref) => shown(await describe(reader, ref)),
      ...(passing === undefined
        ? {}
        : { comparable: (value: unknown) => ({ ...Object(value), [passing]: undefined }) }),
    }),
    /** @param next continues the listing; none, or an empty text, on the last page */
    page: <F>(
      reader: Reader,
      {
        found = [],
        next,
      }: { readonly found?: readonly One[] | undefined; next?: string | undefined },
      listed: (one: One) => { readonly id: string; readonly facets?: F },
    ): Page<F> => ({
      resources: found.map((one) => {
        const resource = listed(one);
        const { account, region } = reader;
        return { ...resource, about: aboutOf({ account, region, id: resource.id }, one) };
      }),
      ...(next ? { next } : {}),
    }),
  };
};
