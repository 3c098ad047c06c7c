import type { Verdict } from '../../model/control.ts';
import { canonicalJson } from '../../support/canonical-json.ts';
import { clip } from '../../support/clip.ts';
import type { StoredVerdict } from './row.ts';

const mostEvidence = 20;

const boundedValue = (value: unknown): unknown => {
  const json = canonicalJson(value);
  return json.length <= 300 ? (value ?? null) : clip(json, 300);
};

/** A verdict as it is kept. */
export const stored = (verdict: Verdict): StoredVerdict => ({
  status: verdict.status,
  ...('reason' in verdict ? { reason: clip(verdict.reason, 600) } : {}),
  ...('evidence' in verdict
    ? {
        evidence: verdict.evidence.slice(0, mostEvidence).map(({ path, actual, expected }) => ({
          path: clip(path, 200),
          actual: boundedValue(actual),
          expected: boundedValue(expected),
        })),
      }
    : {}),
  ...('recheckAt' in verdict && verdict.recheckAt
    ? { recheckAt: verdict.recheckAt.toISOString() }
    : {}),
});
