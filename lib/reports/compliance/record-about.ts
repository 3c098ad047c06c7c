import { createHash } from 'node:crypto';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import type { Control } from '../../model/control.ts';
import { canonicalJson } from '../../support/canonical-json.ts';

/** Whether all that a control evaluates is in no one region. */
export const isGlobal = ({ resources }: Control): boolean =>
  resources.every(({ scope }) => scope !== 'regional');

/** SHA-256 of what of a baseline decides a verdict and its exemption. */
export const baselineSum = ({
  controls,
  exemptions,
}: Pick<Baseline, 'controls' | 'exemptions'>): string =>
  createHash('sha256').update(canonicalJson({ controls, exemptions })).digest('hex');
