import { UserError } from '../../support/user-error.ts';
import { noCounts, sumOf } from './counts.ts';
import type { Recorded } from './record.ts';
import { hasKeptTags, isOfRegion, type Tag } from './scope.ts';
import { addUntold, createUntold, untoldIn } from './untold.ts';

type Group = NonNullable<Recorded['byTags']>[number];

const isIn = ({ tags, isOfAll }: Pick<Group, 'tags' | 'isOfAll'>, wanted: readonly Tag[]) =>
  isOfAll === true ? true : hasKeptTags(tags, wanted);

const resourcesIn = (groups: readonly Group[]): number =>
  groups
    .filter(({ isOfAll }) => isOfAll !== true)
    .flatMap(({ types }) => Object.values(types))
    .reduce((sum, each) => sum + each, 0);

const declaredTags =
  'Its tags are those that files declare: what a stack or a policy adds when it is deployed nobody knows here, and Dockerfiles and manifests have none.';

/**
 * What a saved scan says of resources with these tags, in these regions. Throws a sentence where it does not count by them.
 * @param regions all, where there are none
 */
export const inTags = (
  scan: Recorded,
  wanted: readonly Tag[],
  regions: readonly string[],
  file: string,
): Recorded => {
  if (wanted.length === 0) return scan;
  const { byTags, byRegion: _, ...rest } = scan;
  if (!byTags)
    throw new UserError(
      `${file} does not count by tags: leave --tag out, or save it again with ${wanted.map(({ key }) => key).join(', ')} under reportTags in the baseline`,
    );
  const untold = createUntold();
  const isGlobal = (id: string) => scan.controls[id]?.isGlobal === true;
  const here = byTags.map((group) => ({
    ...group,
    controls: Object.fromEntries(
      Object.entries(group.controls).filter(
        ([id]) => isGlobal(id) || isOfRegion({ regions }, group.region),
      ),
    ),
  }));
  const told = here.filter(
    (group) => isIn(group, wanted) === true && Object.keys(group.controls).length > 0,
  );
  for (const group of here)
    if (isIn(group, wanted) === undefined)
      for (const [type, count] of Object.entries(group.types))
        addUntold(untold, type, Object.keys(group.controls), count);
  const { gaps: untoldGaps, notLookedAt } = untoldIn(untold, wanted);
  const gaps = [...untoldGaps, ...(scan.source === 'declared' ? [declaredTags] : [])];
  const controls = Object.fromEntries(
    Object.entries(scan.controls).map(([id, own]) => [
      id,
      {
        ...own,
        ...noCounts,
        ...sumOf(
          told.flatMap((group) =>
            Object.hasOwn(group.controls, id) ? (group.controls[id] ?? []) : [],
          ),
        ),
      },
    ]),
  );
  const unseen = [...(scan.notLookedAt ?? []), ...notLookedAt];
  return {
    ...rest,
    isNarrowed: true,
    resources: resourcesIn(told),
    counts: sumOf(Object.values(controls)),
    controls,
    results: scan.results.filter(
      ({ reportTags, control, region }) =>
        (isGlobal(control) || isOfRegion({ regions }, region)) &&
        isIn({ tags: reportTags ?? {}, isOfAll: reportTags === undefined }, wanted) === true,
    ),
    ...(gaps.length > 0 ? { gaps: [...(scan.gaps ?? []), ...gaps] } : {}),
    ...(unseen.length > 0 ? { notLookedAt: unseen } : {}),
  };
};
