import type { Clients } from '../../../aws/clients.ts';
import type { Stack } from '../../../aws/stack-outputs.ts';
import type { HostInventory } from '../../../aws/stores/host-inventory.ts';
import type { Rollouts } from '../../../aws/stores/rollouts.ts';

/** What is said of a stack: of its hosts' side, of its ears, and of other accounts. */
export interface HostCheck {
  readonly check:
    | 'accounts'
    | 'ears'
    | 'region'
    | 'stack'
    | 'hosts'
    | 'documents'
    | 'queues'
    | 'schedule'
    | 'places'
    | 'answers'
    | 'rollouts';
  readonly title: string;
  readonly region: string;
  readonly status: 'PASS' | 'FAIL' | 'UNKNOWN' | 'NOT_APPLICABLE';
  /** A sentence for each fault; what was found where there is none. */
  readonly sentences: readonly string[];
  /** The same in figures. */
  readonly told: Readonly<Record<string, unknown>>;
}

export type Found = Pick<HostCheck, 'told'> & {
  readonly faults: readonly string[];
  readonly said: string;
};

export interface Looked {
  readonly stack: Stack;
  readonly clients: Clients;
  /** What the stack puts out. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly inventory: HostInventory;
  readonly rollouts: Rollouts;
  readonly everyHours: number;
  readonly now: Date;
}
