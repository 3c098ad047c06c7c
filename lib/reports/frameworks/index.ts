import { cisAws140, cisAws300, cisAws500 } from './data/cis-aws.ts';
import { cisAws600, cisAws700 } from './data/cis-aws-renumbered.ts';
import { cisDebian12, cisUbuntu2404 } from './data/cis-hosts.ts';
import { cisUbuntu2204 } from './data/cis-ubuntu-2204.ts';
import { fedrampHigh, fedrampLow, fedrampModerate } from './data/fedramp.ts';
import { fsbp100 } from './data/fsbp.ts';
import { hipaaSecurityRule } from './data/hipaa.ts';
import { nist80053r5 } from './data/nist-800-53.ts';
import { nist800171r3 } from './data/nist-800-171.ts';
import { nistCsf20 } from './data/nist-csf.ts';
import { pciDss401 } from './data/pci-dss.ts';
import { soc2 } from './data/soc2.ts';
import type { FrameworkData } from './framework.ts';
import { missingControls } from './missing.generated.ts';
import { type Framework, type KnownControl, resolveFramework } from './resolve.ts';

/** The frameworks that are built in. */
export const frameworks: readonly FrameworkData[] = [
  fsbp100,
  cisAws140,
  cisAws300,
  cisAws500,
  cisAws600,
  cisAws700,
  nist80053r5,
  pciDss401,
  soc2,
  nistCsf20,
  nist800171r3,
  fedrampLow,
  fedrampModerate,
  fedrampHigh,
  hipaaSecurityRule,
  cisDebian12,
  cisUbuntu2204,
  cisUbuntu2404,
];

/** A framework with what answers its requirements in this catalogue. */
export const resolved = (data: FrameworkData, controls: readonly KnownControl[]): Framework =>
  resolveFramework(data, controls, missingControls);
