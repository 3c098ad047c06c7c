import type { Framework, Requirement } from '../frameworks/resolve.ts';
import type { Attestation } from './attestation.ts';
import { type ControlStanding, type ControlStatus, controlStanding } from './control-standing.ts';
import type { Recorded } from './record.ts';

/**
 * `NO_RESOURCES`: all was looked at, and nothing was there. `MANUAL`: people answer it, and nobody has. `NOT_ASSESSED`: a
 * control could, and no scan evaluated it. `NOT_YET`: no control does.
 */
export const requirementStatuses = [
  'FAILED',
  'UNKNOWN',
  'EXEMPTED',
  'MET',
  'NO_RESOURCES',
  'ATTESTED',
  'MANUAL',
  'NOT_ASSESSED',
  'NOT_YET',
] as const;
export type RequirementStatus = (typeof requirementStatuses)[number];

export interface RequirementStanding
  extends Omit<Requirement, 'controls' | 'manifests' | 'declared'> {
  readonly status: RequirementStatus;
  readonly controls: readonly ControlStanding[];
  /** Why it stands for less than the whole requirement. */
  readonly isPart: boolean;
  readonly attestation?: Attestation;
}

const worstFirst = ['FAIL', 'UNKNOWN', 'EXEMPTED', 'PASS', 'NONE'] as const;
const meaning: Readonly<Record<(typeof worstFirst)[number], RequirementStatus>> = {
  FAIL: 'FAILED',
  UNKNOWN: 'UNKNOWN',
  EXEMPTED: 'EXEMPTED',
  PASS: 'MET',
  NONE: 'NO_RESOURCES',
};
const worstOf = (statuses: readonly ControlStatus[]): RequirementStatus | undefined => {
  const worst = worstFirst.find((each) => statuses.includes(each));
  return worst && meaning[worst];
};

const statusOf = (
  { kind, missing }: Requirement,
  controls: readonly ControlStanding[],
  isAttested: boolean,
): RequirementStatus => {
  const evaluated = worstOf(controls.map(({ status }) => status));
  if (kind === 'shared') {
    // An attestation does not outweigh a control that fails. Where the controls pass, it is needed as well.
    const isGood = evaluated === 'MET' || evaluated === 'NO_RESOURCES';
    if (evaluated !== undefined && !isGood) return evaluated;
    if (isGood && isAttested) return evaluated;
    if (evaluated === undefined && controls.length > 0) return 'NOT_ASSESSED';
    return isAttested ? 'ATTESTED' : 'MANUAL';
  }
  if (evaluated !== undefined) return evaluated;
  // An attestation does not replace a control that is turned off.
  if (controls.length > 0) return 'NOT_ASSESSED';
  if (isAttested) return 'ATTESTED';
  return kind === 'manual' && missing.length === 0 ? 'MANUAL' : 'NOT_YET';
};

/** The scans with only what the framework is about. One for hosts counts only hosts that run its system. */
const aboutSystem = (
  system: string | undefined,
  scans: readonly Recorded[],
): readonly Recorded[] =>
  system === undefined
    ? scans
    : scans.map((scan) => ({ ...scan, controls: scan.systems?.[system] ?? {} }));

const isDeclared = ({ source }: Recorded): boolean => source === 'declared';

/**
 * The scans that count for a control. Files need not declare everything: beside a scan of an account, a scan of files counts
 * only for controls that it evaluated. For controls on manifests only scans of files count.
 */
const telling = (
  id: string,
  isOfManifests: boolean,
  scans: readonly Recorded[],
): readonly Recorded[] => {
  if (isOfManifests) return scans.filter(isDeclared);
  return scans.every(isDeclared)
    ? scans
    : scans.filter((scan) => !isDeclared(scan) || Object.hasOwn(scan.controls, id));
};

/** The status of each requirement of a framework, from scans and from what people attest. */
export const standings = (
  framework: Framework,
  scans: readonly Recorded[],
  attestationOf: (requirement: string) => Attestation | undefined = () => undefined,
): readonly RequirementStanding[] => {
  const about = aboutSystem(framework.system, scans);
  const known = new Map<string, ControlStanding>();
  const standingOf = (id: string, isOfManifests = false): ControlStanding => {
    const standing = known.get(id) ?? controlStanding(id, telling(id, isOfManifests, about));
    known.set(id, standing);
    return standing;
  };
  const isAssessed = ({ status }: ControlStanding): boolean => status !== 'NOT_ASSESSED';
  return framework.requirements.map(({ manifests = [], declared = [], ...requirement }) => {
    const running = requirement.controls.map((id) => standingOf(id));
    const ofFiles = declared.map((id) => standingOf(id, true)).filter(isAssessed);
    const isOfFiles = ofFiles.length > 0 && about.every(isDeclared);
    const controls = [
      ...(isOfFiles ? running.filter(isAssessed) : running),
      ...manifests.map((id) => standingOf(id, true)),
      ...ofFiles,
    ];
    // Where controls alone answer a requirement, an attestation does not count.
    const isAsked = requirement.kind === 'shared' || controls.length === 0;
    const attestation = isAsked ? attestationOf(requirement.id) : undefined;
    const status = statusOf(requirement, controls, attestation !== undefined);
    const isLooked = controls.some(isAssessed);
    const lacks =
      requirement.missing.length > 0 ||
      controls.some((control) => control.notIn.length > 0 || !isAssessed(control));
    return {
      ...requirement,
      controls,
      status,
      isPart: isLooked && lacks,
      ...(attestation ? { attestation } : {}),
    };
  });
};
