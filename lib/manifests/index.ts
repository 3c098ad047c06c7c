import { passwords } from './compose/evaluated/passwords.ts';
import { reach } from './compose/evaluated/reach.ts';
import { running } from './compose/evaluated/running.ts';
import { host } from './containers/host.ts';
import { rights } from './containers/rights.ts';
import type { ManifestControl } from './model/manifest-control.ts';

/** The controls on what files declare that is no resource of AWS, by their group. */
export const manifestControlsIn: Readonly<Record<string, readonly ManifestControl[]>> = {
  containers: [...rights, ...host],
  compose: [...running, ...reach, ...passwords],
};
export const manifestControls: readonly ManifestControl[] =
  Object.values(manifestControlsIn).flat();
