import { allControls } from '../../lib/controls/index.ts';
import type { Control } from '../../lib/model/control.ts';
import type { AnyResourceType } from '../../lib/model/resource-type.ts';
import { resourceTypes } from '../../lib/resources/every.ts';

type Announcement = AnyResourceType['live']['announcements'][number];
type Facet = AnyResourceType['facets'][string];
type Action = Facet['actions'][number];

/** `s3:GetBucketAcl` → `s3b:GetBucketAcl`: of another service, with as long a name. */
const actionsOf = (suffix: string, actions: readonly Action[]): readonly Action[] =>
  actions.map((action) => action.replace(':', `${suffix}:`) as Action);
const facetOf = <F extends Facet>(suffix: string, facet: F): F => ({
  ...facet,
  actions: actionsOf(suffix, facet.actions),
  ...(facet.borrowedFrom && {
    borrowedFrom: facet.borrowedFrom.map((lender) => ({ ...lender, type: lender.type + suffix })),
  }),
});
const announcementOf = (suffix: string, one: Announcement): Announcement => {
  if (one.via === 'service') return { ...one, source: `${one.source}${suffix}` };
  const calls = Object.fromEntries(
    Object.entries(one.calls).map(([call, effect]) => [
      one.source === 'any' ? call + suffix : call,
      effect,
    ]),
  );
  const source =
    one.source === 'any'
      ? one.source
      : (one.source.replace('.amazonaws', `${suffix}.amazonaws`) as typeof one.source);
  return { ...one, source, calls };
};
const typeOf = (suffix: string, type: AnyResourceType): AnyResourceType => ({
  ...type,
  type: `${type.type}${suffix}` as AnyResourceType['type'],
  live: {
    ...type.live,
    announcements: type.live.announcements.map((one) => announcementOf(suffix, one)),
    list: { ...type.live.list, actions: actionsOf(suffix, type.live.list.actions) },
  },
  about: facetOf(suffix, type.about),
  facets: Object.fromEntries(
    Object.entries(type.facets).map(([name, facet]) => [name, facetOf(suffix, facet)]),
  ),
});

const grantsOf = <G extends { readonly actions: readonly Action[] }>(
  suffix: string,
  grants: readonly G[],
) => grants.map((grant) => ({ ...grant, actions: actionsOf(suffix, grant.actions) }));
const controlOf = (
  suffix: string,
  control: Control,
  types: readonly AnyResourceType[],
): Control => {
  const { grants, combined } = control.remediation;
  return {
    ...control,
    // `S3.8` → `S3b.8`
    id: control.id.replace(/\.(\d+)$/, `${suffix}.$1`) as Control['id'],
    resources: control.resources.flatMap(({ type }) =>
      types.filter((one) => one.type === `${type}${suffix}`),
    ),
    remediation: {
      ...control.remediation,
      ...(grants && { grants: grantsOf(suffix, grants) }),
      ...(combined && { combined: { ...combined, grants: grantsOf(suffix, combined.grants) } }),
    },
  };
};

/** The catalogue, and stand-ins of other services, so that it is so many times as large. */
export const grownCatalogue = async (times: number) => {
  const controls = await allControls();
  const suffixes = Array.from({ length: times - 1 }, (_, index) => String.fromCharCode(98 + index));
  const types = [
    ...resourceTypes,
    ...suffixes.flatMap((suffix) => resourceTypes.map((type) => typeOf(suffix, type))),
  ];
  return {
    types,
    controls: [
      ...controls,
      ...suffixes.flatMap((suffix) => controls.map((control) => controlOf(suffix, control, types))),
    ],
  };
};
