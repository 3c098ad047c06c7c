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

/** `2 d 3 h`, `5 min`, `40 s`: the two greatest parts at most. */
export const durationText = (seconds: number): string => {
  const whole = Math.round(seconds);
  const parts = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor(whole / 3600) % 24, 'h'],
    [Math.floor(whole / 60) % 60, 'min'],
    [whole % 60, 's'],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  if (first < 0) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
};
