import type { Changed } from './compare.ts';

const levels = ['critical', 'high', 'standard'];
const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'];
const collator = new Intl.Collator('en', { numeric: true });

const placeOf = ({ account, region, resourceType, id }: Changed): string =>
  JSON.stringify([account, region, resourceType, id]);

/** What is to be looked at first: who can reach it, then how bad it is; the rest only holds the order. */
export const byUrgency = (a: Changed, b: Changed): number => {
  const [placeA, placeB] = [placeOf(a), placeOf(b)];
  return (
    levels.indexOf(a.priority) - levels.indexOf(b.priority) ||
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    collator.compare(a.control, b.control) ||
    (placeA === placeB ? 0 : placeA < placeB ? -1 : 1)
  );
};
