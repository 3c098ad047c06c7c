import type { CheckSettings } from './check-settings.ts';

/** What counts where no baseline is written; computed beforehand in the package alone. */
export const unsaidSettings: CheckSettings | undefined = undefined;
