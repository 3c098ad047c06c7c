import type { SSM } from '@aws-sdk/client-ssm';
import type { AuditRequests } from '../../aws/stores/audit-requests.ts';
import type { HostInventory } from '../../aws/stores/host-inventory.ts';
import type { HostAt, HostMessage } from '../../engine/changes/host-message.ts';
import type { Where } from '../../model/resource-type.ts';
import type { Deployed } from './sendable.ts';

/** What the Audits queue is told. */
export type AuditStep =
  /** The clock's word: all, if it is time. */
  | { readonly audit: 'due' }
  /** All of a place, from a page on, numbered from 1. */
  | ({ readonly audit: 'all'; readonly token?: string; readonly page?: number } & Pick<
      HostAt,
      'where'
    >)
  /** A person's word: all now. `id`: what who asked knows it by. */
  | { readonly audit: 'asked'; readonly id: string }
  /** `since`: when the instance was said to run. */
  | ({ readonly audit: 'started'; readonly since: string } & HostAt)
  /** What was changed on a host is looked at. */
  | ({ readonly audit: 'again'; readonly areas: readonly string[] } & HostAt);

/** A document that audits, as the stack has it. */
export interface AuditDocument extends Deployed {
  /** What it calls itself in its output. */
  readonly hash: string;
  readonly areas: readonly string[];
}

/** By what a function deals with hosts. */
export interface HostPorts {
  readonly inventory: HostInventory;
  /**
   * Of a place, by which is looked and audited; in another account it is of a role there. What changes a host is sent by a
   * session of the remediator.
   */
  readonly ssm: (where: Where) => Promise<SSM>;
  readonly audit: (step: AuditStep, delaySeconds?: number) => Promise<void>;
  readonly tell: (message: HostMessage, delaySeconds?: number) => Promise<void>;
}
/** The same, with what people asked for. */
export interface AuditPorts extends HostPorts {
  readonly asks: AuditRequests;
}
