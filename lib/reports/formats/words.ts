import type { ControlStatus } from '../compliance/control-standing.ts';
import type { RequirementStatus } from '../compliance/standing.ts';

/** Statuses as people read them, each with a shape, so that no colour is needed. */
export const requirementWords: Readonly<Record<RequirementStatus, string>> = {
  FAILED: '✗ failed',
  UNKNOWN: '? unknown',
  EXEMPTED: '◐ exempted',
  MET: '✓ met',
  NO_RESOURCES: '✓ met, no resources',
  ATTESTED: '✓ attested',
  MANUAL: '✎ to attest',
  NOT_ASSESSED: '– not assessed',
  NOT_YET: '– no control yet',
};
export const controlWords: Readonly<Record<ControlStatus, string>> = {
  FAIL: '✗ failed',
  UNKNOWN: '? unknown',
  EXEMPTED: '◐ exempted',
  PASS: '✓ passed',
  NONE: '○ no resources',
  NOT_ASSESSED: '– not assessed',
};
