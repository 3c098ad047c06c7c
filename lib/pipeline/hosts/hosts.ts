import type { HostSettings } from '../../engine/baseline/baseline-hosts.ts';
import type { Where } from '../../model/resource-type.ts';
import { runtimeAt } from '../runtime/away.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { OnHost } from './host-controls.ts';
import type { AuditDocument, AuditPorts } from './ports.ts';

/** What auditing hosts works with: the runtime, which knows their type and controls, and what is their own. */
export interface Hosts extends AuditPorts {
  readonly runtime: Runtime;
  readonly settings: HostSettings;
  readonly documents: readonly AuditDocument[];
  /** Every host control of the catalogue. */
  readonly controls: readonly OnHost[];
  /** Parameters that differ from what the documents say, as they take them: `PL.SSH.6.max=3`. */
  readonly parametersFor: (areas: readonly string[], baseline: Runtime['baseline']) => string;
}

/** The same as it counts for hosts of an account. */
export const hostsAt = (where: Where, hosts: Hosts): Hosts => ({
  ...hosts,
  runtime: runtimeAt(where, hosts.runtime),
});
