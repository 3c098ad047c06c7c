import { compareNaturally, compareText } from '../../support/compare.ts';
import { byUrgency, type Urgent } from '../result.ts';
import type { Changed } from './compare.ts';

const urgent = ({ priority: level, isReached, severity }: Changed): Urgent => ({
  level,
  isReached,
  severity,
});

/** What is to be looked at first; beyond its urgency only so that the order is always the same. */
export const mostUrgentFirst = (a: Changed, b: Changed): number =>
  byUrgency(urgent(a), urgent(b)) ||
  compareNaturally(a.control, b.control) ||
  compareText(a.account, b.account) ||
  compareText(a.region, b.region) ||
  compareText(a.resourceType, b.resourceType) ||
  compareText(a.id, b.id);
