import { compareText } from '../../support/compare-text.ts';
import { levels, severities } from '../result.ts';
import type { Changed } from './compare.ts';

const collator = new Intl.Collator('en', { numeric: true });

/** What is to be looked at first: who can reach it, then how bad it is; the rest only holds the order. */
export const byUrgency = (a: Changed, b: Changed): number =>
  levels.indexOf(a.priority) - levels.indexOf(b.priority) ||
  severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
  (a.control === b.control ? 0 : collator.compare(a.control, b.control)) ||
  compareText(a.account, b.account) ||
  compareText(a.region, b.region) ||
  compareText(a.resourceType, b.resourceType) ||
  compareText(a.id, b.id);
