import type { Condition } from '@aws-sdk/client-guardduty';
import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { guardDutyRegion, type Suppression } from '../../resources/account/guardduty-region.ts';

/** Where the severity of a finding begins to be high: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html */
const high = 7;

const listed = ({ Eq = [], Equals = [] }: Condition): readonly string[] => [...Eq, ...Equals];

/** Whether findings of a high severity match; a value that is no number counts as one. */
const reachesHigh = (condition: Condition): boolean => {
  const { Lt, LessThan, Lte, LessThanOrEqual } = condition;
  const below = [Lt, LessThan].flatMap((limit) => limit ?? []);
  const upTo = [Lte, LessThanOrEqual].flatMap((limit) => limit ?? []);
  if (below.some((limit) => limit <= high) || upTo.some((limit) => limit < high)) return false;
  const values = listed(condition);
  return values.length === 0 || values.some((value) => !(Number(value) < high));
};

/** What every finding of an account has, or one of the hour. */
const ofEvery = new Set([
  ...['accountId', 'partition', 'region', 'service.archived', 'service.detectorId'],
  'service.serviceName',
]);

/** Whether a pattern matches every text but the shortest. */
const isOfAll = (pattern: string): boolean => /^(?=\?*\*)[*?]+$/.test(pattern);

/** Whether a criterion leaves out most of what GuardDuty finds. That something is *not* so, or more than a number, leaves out little. */
const narrows = ([field, condition]: readonly [string, Condition]): boolean => {
  if (field === 'severity') return !reachesHigh(condition);
  if (ofEvery.has(field)) return false;
  const { Matches = [] } = condition;
  return listed(condition).length > 0 || (Matches.length > 0 && !Matches.some(isOfAll));
};

const archivesAll = ({ criteria }: Suppression): boolean => !Object.entries(criteria).some(narrows);

export const severeFindingsAreShown = defineControl(guardDutyRegion, {
  id: 'PL.GUARDDUTY.1',
  title: 'Filters of GuardDuty should not archive every severe finding',
  severity: 'HIGH',
  rationale:
    'What a filter archives goes to no Security Hub, no EventBridge and no bucket: one that matches everything makes GuardDuty silent while it counts as on.',
  standards: {},
  needs: ['detector', 'suppressions'],
  evaluate({ detector, suppressions }) {
    if (!detector) return notApplicable('GuardDuty is off here, which GuardDuty.1 evaluates');
    const found = suppressions.filter(archivesAll).map(({ name }) => name);
    if (found.length === 0) return pass;
    return fail(`GuardDuty archives severe findings of every kind, by ${found.join(', ')}`, [
      { path: 'suppressions', actual: found, expected: 'filters that say which findings' },
    ]);
  },
  // Only who wrote a filter knows which findings it was for.
  remediation: {
    advice:
      'Have the filter say which findings it means: their types, and the resources that are known to cause them. Look among the archived findings, which are kept for 90 days, for what was hidden meanwhile.',
    url: 'https://docs.aws.amazon.com/guardduty/latest/ug/findings_suppression-rule.html',
  },
});
