import { passwords } from './compose/evaluated/passwords.ts';
import { reach } from './compose/evaluated/reach.ts';
import { running } from './compose/evaluated/running.ts';
import { contents } from './containers/contents.ts';
import { host } from './containers/host.ts';
import { rights } from './containers/rights.ts';
import { bases } from './dockerfile/evaluated/bases.ts';
import { installing } from './dockerfile/evaluated/installing.ts';
import { shipping } from './dockerfile/evaluated/shipping.ts';
import { steps } from './dockerfile/evaluated/steps.ts';
import { access } from './kubernetes/evaluated/access.ts';
import { baseline } from './kubernetes/evaluated/baseline.ts';
import { misplaced } from './kubernetes/evaluated/misplaced.ts';
import { network } from './kubernetes/evaluated/network.ts';
import { objects } from './kubernetes/evaluated/objects.ts';
import { restricted } from './kubernetes/evaluated/restricted.ts';
import type { ManifestControl } from './model/manifest-control.ts';

/** The controls on what files declare that is no resource of AWS, by their group. */
export const manifestControlsIn: Readonly<Record<string, readonly ManifestControl[]>> = {
  compose: [...running, ...reach, ...passwords],
  Dockerfiles: [...shipping, ...bases, ...steps, ...installing],
  containers: [...rights, ...host, ...contents],
  kubernetes: [...baseline, ...restricted, ...misplaced, ...network, ...access, ...objects],
};
export const manifestControls: readonly ManifestControl[] =
  Object.values(manifestControlsIn).flat();
