import type { Control, Severity } from '../../../model/control.ts';
import type { Evaluation } from '../../../pipeline/scan/scan-resource.ts';
import { createTagTally } from '../../../reports/compliance/tag-tally.ts';
import { severities } from '../../../reports/result.ts';
import { type Counts, countOf } from '../../output/tally.ts';
import { serviceOf } from './scan-filters.ts';

type Numbers = { -readonly [K in keyof Counts]: number };
const none = (): Numbers => ({ passed: 0, failed: 0, exempted: 0, notApplicable: 0, unknown: 0 });

/** Counts of one service: what failed by severity, all else by status. */
export interface ServiceCounts extends Counts {
  readonly failedBy: Readonly<Record<Severity, number>>;
}
interface Counting extends Numbers {
  failedBy: Record<Severity, number>;
}

/** What a scan has counted so far. */
export interface Tally {
  readonly counts: Counts;
  readonly services: ReadonlyMap<string, ServiceCounts>;
  readonly controls: ReadonlyMap<Control, Counts>;
  /** By the tags that are kept for reports. */
  readonly tags: Pick<ReturnType<typeof createTagTally>, 'groups'>;
  add(evaluation: Evaluation): keyof Counts;
}

export const createTally = (): Tally => {
  const counts = none();
  const services = new Map<string, Counting>();
  const controls = new Map<Control, Numbers>();
  const ofService = (name: string): Counting => {
    const before = services.get(name);
    if (before) return before;
    const zero = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0 };
    const made = { ...none(), failedBy: zero };
    services.set(name, made);
    return made;
  };
  const tags = createTagTally();
  return {
    counts,
    tags,
    services,
    controls,
    add(evaluation) {
      const status = countOf(evaluation);
      const { control, type } = evaluation;
      const service = ofService(serviceOf(type));
      const ofControl = controls.get(control) ?? none();
      controls.set(control, ofControl);
      for (const each of [counts, service, ofControl]) each[status] += 1;
      if (status === 'failed') service.failedBy[control.severity] += 1;
      tags.add(evaluation, status);
      return status;
    },
  };
};

/** Whether a severity is this one or above. */
export const isAtLeast = (severity: Severity, least: Severity): boolean =>
  severities.indexOf(severity) <= severities.indexOf(least);
