import type { TagValues } from '../../engine/posture/report-tags.ts';
import { canonicalJson } from '../../support/canonical-json.ts';
import { noCounts, type RecordedCounts } from './counts.ts';
import type { Recorded } from './record.ts';

/** A control on a resource, as far as it is counted. */
export interface Tallied {
  readonly control: { readonly id: string };
  readonly type: { readonly type: string };
  readonly ref: { readonly region: string; readonly id: string };
  /** @default - the tags could not be listed: the resource can have any */
  readonly reportTags?: TagValues;
}

type Group = NonNullable<Recorded['byTags']>[number];

/** The most groups. A key such as Name has more values than this: what comes later is counted without its tags, or the file would have no end. */
const mostGroups = 2000;

/** Counts verdicts by region and by the tags that are kept for reports; those on one resource come one after the other. */
export const createTagTally = () => {
  const groups = new Map<string, Group>();
  const lastOf = new Map<Group, string>();
  const groupOf = ({ ref, reportTags }: Tallied): Group => {
    const isOfAll = reportTags === undefined;
    const wanted = { region: ref.region, tags: reportTags ?? {}, ...(isOfAll ? { isOfAll } : {}) };
    const own = groups.get(canonicalJson(wanted));
    if (own) return own;
    const made = groups.size < mostGroups ? wanted : { region: ref.region, tags: {} };
    const key = canonicalJson(made);
    const group = groups.get(key) ?? { ...made, types: {}, controls: {} };
    groups.set(key, group);
    return group;
  };
  return {
    add(tallied: Tallied, status: keyof RecordedCounts): void {
      const group = groupOf(tallied);
      const { control, type, ref } = tallied;
      const before = group.controls[control.id] ?? noCounts;
      group.controls[control.id] = { ...before, [status]: before[status] + 1 };
      const resource = `${type.type} ${ref.id}`;
      if (lastOf.get(group) === resource) return;
      lastOf.set(group, resource);
      group.types[type.type] = (group.types[type.type] ?? 0) + 1;
    },
    groups: (): readonly Group[] =>
      [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group),
  };
};
