import type { ManifestSettings } from '../../engine/baseline/baseline-manifests.ts';
import type { ManifestControl } from '../model/manifest-control.ts';
import type { Format } from './format.ts';

export interface ManifestOptions {
  readonly formats: readonly Format[];
  readonly controls: readonly ManifestControl[];
  /** The controls that are asked for; all where it is not given. */
  readonly wanted?: (control: ManifestControl) => boolean;
  readonly settings: ManifestSettings;
  readonly at: Date;
}
