/** How many results came out how. */
export interface RecordedCounts {
  passed: number;
  failed: number;
  exempted: number;
  notApplicable: number;
  unknown: number;
}

export const noCounts: RecordedCounts = {
  passed: 0,
  failed: 0,
  exempted: 0,
  notApplicable: 0,
  unknown: 0,
};

export const sumOf = (all: Iterable<RecordedCounts>): RecordedCounts => {
  const sum = { ...noCounts };
  for (const { passed, failed, exempted, notApplicable, unknown } of all) {
    sum.passed += passed;
    sum.failed += failed;
    sum.exempted += exempted;
    sum.notApplicable += notApplicable;
    sum.unknown += unknown;
  }
  return sum;
};
