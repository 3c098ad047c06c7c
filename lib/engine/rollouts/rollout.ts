import { createHash } from 'node:crypto';
import { canonicalJson } from '../../support/canonical-json.ts';
import type { HostAt } from '../changes/host-message.ts';
import type { ResourceRow } from '../posture/row.ts';
import type { Action } from '../remediation/action.ts';

/** An action that was let through, on its host. */
export interface Entrant extends HostAt {
  readonly action: string;
  readonly at: string;
}
/** Why a fix goes no further, and which host showed it. */
export interface Stop {
  readonly at: string;
  readonly action: string;
  readonly host: string;
  readonly why: string;
}
/** How far one fix has come: of a control, by a document with its parameters, on one system. */
export interface Rollout {
  readonly control: string;
  readonly document: string;
  readonly system: string;
  /** How many hosts it is tried on. */
  readonly slots: number;
  readonly canaries: readonly Entrant[];
  /** Of the other hosts, those of which it is not known what became. */
  readonly rest: readonly Entrant[];
  /** How many of the other hosts failed. */
  readonly failed: number;
  /** When the canaries were last looked at once more, before the rest begins. */
  readonly lookedAt?: string;
  readonly openedAt?: string;
  readonly stopped?: Stop;
}
/** What is known of an entrant: what the ledger says, and what its host's row does. */
export interface Seen {
  readonly action?: Action;
  readonly row?: ResourceRow;
}
export type Sight = (entrant: Entrant) => Seen;

/** As many hosts are looked up one by one. */
export const mostEntrants = 10;
/** A proof counts for a day, and who waits for one waits no longer. */
export const dayMs = 86_400_000;

/** What makes a rollout the same: another document, or another system, proves nothing of this one. */
export const rolloutKey = (control: string, ...parts: readonly unknown[]): string => {
  const hash = createHash('sha256').update(canonicalJson(parts)).digest('hex');
  return `${control}#${hash.slice(0, 16)}`;
};

/**
 * How many hosts a fix is tried on: the share of those known, at least one, at most half and ten.
 * @param share `10%`, or a number
 */
export const slotsOf = (share: string, known: number): number => {
  const wanted = share.endsWith('%') ? (known * Number.parseInt(share, 10)) / 100 : Number(share);
  return Math.max(1, Math.floor(Math.min(wanted, known / 2, mostEntrants)));
};

export interface Terms {
  readonly canaryMinutes: number;
  /** How many canaries a rollout that begins now takes. */
  readonly slots: number;
  /** Ids of all controls that are evaluated on hosts. */
  readonly controls: readonly string[];
  readonly now: Date;
}
