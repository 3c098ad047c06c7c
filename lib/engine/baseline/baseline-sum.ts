import { createHash } from 'node:crypto';
import { canonicalJson } from '../../support/canonical-json.ts';
import type { Baseline } from './baseline.ts';

/** SHA-256 of what of a baseline decides a verdict and its exemption. */
export const baselineSum = ({
  controls,
  exemptions,
}: Pick<Baseline, 'controls' | 'exemptions'>): string =>
  createHash('sha256').update(canonicalJson({ controls, exemptions })).digest('hex');
