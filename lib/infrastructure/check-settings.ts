import type { Baseline } from '../engine/baseline/baseline.ts';
import type { ManifestSettings } from '../engine/baseline/baseline-manifests.ts';

/** The baseline that counts where none is named. */
export const customary = 'plumbline.yaml';

/** What a baseline says for files that are checked. */
export interface CheckSettings {
  readonly baseline: Baseline;
  readonly manifests: ManifestSettings;
}
