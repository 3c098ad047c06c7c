import type { HistoryDay } from '../../engine/history/line.ts';
import type { TagValues } from '../../engine/posture/report-tags.ts';
import { groupsBy } from '../../support/groups.ts';
import { hasKeptTags, type Tag } from '../compliance/scope.ts';
import { addUntold, createUntold, type Unseen, untoldIn } from '../compliance/untold.ts';
import type { Period } from './gaps.ts';
import type { Timeline } from './timeline.ts';

/** Tags that a baseline names no more are no longer kept, and can be others by now. */
const keptStill = (
  { account, reportTags }: Timeline['subject'],
  days: readonly HistoryDay[],
): TagValues => {
  const { reportTags: keys = [] } = days.findLast((day) => day.account === account) ?? {};
  return Object.fromEntries(
    Object.entries(reportTags?.values ?? {}).filter(([key]) => keys.includes(key)),
  );
};

const wasThere = ({ spans }: Timeline, { from, to }: Period): boolean =>
  spans.some((span) => span.status !== 'GONE' && span.to > from && span.from < to);

/** Timelines of what has the tags that are asked for, and what is said of those of which nobody knows it. */
export interface Tagged {
  readonly timelines: readonly Timeline[];
  unseenIn(account: string): Unseen;
}

/**
 * A resource counts for a whole period with the tags that it had last.
 * @param days of the period, the oldest first
 * @param tags all, where there are none
 */
export const taggedIn = (
  all: readonly Timeline[],
  days: readonly HistoryDay[],
  tags: readonly Tag[],
  period: Period,
): Tagged => {
  const told = all.map((timeline) => ({
    timeline,
    isWanted: tags.length === 0 || hasKeptTags(keptStill(timeline.subject, days), tags),
  }));
  const unknown = told.flatMap(({ timeline, isWanted }) =>
    isWanted === undefined && wasThere(timeline, period) ? [timeline.subject] : [],
  );
  const byAccount = groupsBy(unknown, ({ account }) => account);
  return {
    timelines: told.flatMap(({ timeline, isWanted }) => (isWanted === true ? [timeline] : [])),
    unseenIn(account) {
      const untold = createUntold();
      const own = byAccount.get(account) ?? [];
      const resources = groupsBy(own, ({ region, type, id }) => JSON.stringify([region, type, id]));
      for (const [, each] of resources)
        addUntold(
          untold,
          each[0]?.type ?? '',
          each.map(({ control }) => control),
        );
      return untoldIn(untold, tags);
    },
  };
};
