import { passwords } from './compose/evaluated/passwords.ts';
import { reach } from './compose/evaluated/reach.ts';
import { running } from './compose/evaluated/running.ts';
import { host } from './containers/host.ts';
import { rights } from './containers/rights.ts';
import { bases } from './dockerfile/evaluated/bases.ts';
import { installing } from './dockerfile/evaluated/installing.ts';
import { shipping } from './dockerfile/evaluated/shipping.ts';
import { steps } from './dockerfile/evaluated/steps.ts';
import type { ManifestControl } from './model/manifest-control.ts';

/** The controls on what files declare that is no resource of AWS, by their group. */
export const manifestControlsIn: Readonly<Record<string, readonly ManifestControl[]>> = {
  containers: [...rights, ...host],
  compose: [...running, ...reach, ...passwords],
  Dockerfiles: [...shipping, ...bases, ...steps, ...installing],
};
export const manifestControls: readonly ManifestControl[] =
  Object.values(manifestControlsIn).flat();
