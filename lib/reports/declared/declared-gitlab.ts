import type { Severity } from '../../model/control.ts';
import { printedJson } from '../../support/printed-json.ts';
import { fingerprintOf } from './declared-fingerprint.ts';
import {
  type CheckResult,
  inOrder,
  isOpenFailure,
  sentenceOf,
  sourcePlaceOf,
} from './declared-result.ts';

/** https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
const severities: Readonly<Record<Severity, 'blocker' | 'critical' | 'major' | 'minor'>> = {
  CRITICAL: 'blocker',
  HIGH: 'critical',
  MEDIUM: 'major',
  LOW: 'minor',
};

/** A report of code quality, as GitLab shows it in a merge request. */
export const declaredGitlab = ({ located }: CheckResult): string =>
  printedJson(
    inOrder(located.filter(isOpenFailure)).map(({ located: one }) => {
      const { file, line } = sourcePlaceOf(one);
      return {
        description: `${one.construct ?? one.name}: ${sentenceOf(one)}`,
        check_name: one.control.id,
        fingerprint: fingerprintOf(one),
        severity: severities[one.control.severity],
        location: { path: file.replace(/^\.\//, ''), lines: { begin: line } },
      };
    }),
  );
