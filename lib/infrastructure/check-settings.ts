import { existsSync } from 'node:fs';
import type { Baseline } from '../engine/baseline/baseline.ts';
import type { ManifestSettings } from '../engine/baseline/baseline-manifests.ts';
import { UserError } from '../support/user-error.ts';

/** The baseline that counts where none is named. */
export const customary = 'plumbline.yaml';
const misnamed = 'plumbline.yml';

/** The baseline of this folder. Throws where its name ends in another way: everything would have its defaults. */
export const customaryHere = (): string | undefined => {
  if (existsSync(customary)) return customary;
  if (existsSync(misnamed))
    throw new UserError(
      `${misnamed} is not read: name it ${customary}, or give it by --baseline ${misnamed}`,
    );
  return undefined;
};

/** What a baseline says for files that are checked. */
export interface CheckSettings {
  readonly baseline: Baseline;
  readonly manifests: ManifestSettings;
}
