import { hostTarget } from '../hosts/harden/host-target.ts';
import { isOnHost } from '../hosts/on-host.ts';
import { cloudTarget } from './cloud-target.ts';
import type { RemediationTarget } from './remediation-target.ts';

/** What an action on a resource of this type changes. */
export const targetOf = (resource: { readonly type: string }): RemediationTarget =>
  isOnHost(resource) ? hostTarget : cloudTarget;
