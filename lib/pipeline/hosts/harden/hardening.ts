import type { HostInventory } from '../../../aws/stores/host-inventory.ts';
import type { Rollouts } from '../../../aws/stores/rollouts.ts';
import type { HostPorts } from '../ports.ts';
import type { Deployed } from '../sendable.ts';

/** A document that changes hosts, confirms that or takes it back, as the stack has it. */
export interface ChangeDocument extends Deployed {
  /** What it calls itself in its output. */
  readonly hash: string;
}

/** What putting hosts right works with, beside what all remediation does. */
export interface Hardening extends Omit<HostPorts, 'inventory'> {
  readonly documents: readonly ChangeDocument[];
  readonly inventory: Pick<HostInventory, 'noteCommand' | 'command' | 'hosts'>;
  readonly rollouts: Rollouts;
  /** The area that a control is audited with. */
  readonly areaOf: (control: string) => string | undefined;
}
