import type { SSM } from '@aws-sdk/client-ssm';
import type { HostSettings } from '../../engine/baseline-hosts.ts';
import type { Engine } from '../engine.ts';
import type { OnHost } from './controls.ts';
import type { Register } from './register.ts';
import type { Deployed } from './sendable.ts';

/** A document that audits, as the stack has it. */
export interface AuditDocument extends Deployed {
  /** What it calls itself in its output. */
  readonly hash: string;
  readonly areas: readonly string[];
}

/** What the Audits queue is told. */
export type AuditStep =
  /** The clock's word: all, if it is time. */
  | { readonly audit: 'due' }
  | { readonly audit: 'all'; readonly token?: string }
  /** `since`: when the instance was said to run. */
  | { readonly audit: 'started'; readonly host: string; readonly since: string }
  /** What was changed on a host is looked at. */
  | { readonly audit: 'again'; readonly host: string; readonly areas: readonly string[] };
/** What the queue of results is told. */
export type HostNews =
  | {
      readonly news: 'answered';
      readonly host: string;
      readonly command: string;
      readonly document: string;
      readonly requestedAt: string;
    }
  | { readonly news: 'terminated'; readonly host: string }
  /** A person's word on it counts from now on. */
  | { readonly news: 'review'; readonly host: string }
  | { readonly news: 'silent'; readonly host: string; readonly since: string }
  /** An action changes the host: its verdict is awaited from then on. */
  | {
      readonly news: 'awaited';
      readonly host: string;
      readonly action: string;
      readonly since: string;
    }
  /** An action has to wait: it is to be asked for again. */
  | {
      readonly news: 'waits';
      readonly host: string;
      readonly action: string;
      readonly controls: readonly string[];
      readonly askedBy: 'drift' | 'backlog';
      readonly since: string;
      readonly tries: number;
      /** What keeps it, for the log. */
      readonly why: string;
    }
  /** The answers to what the action sent should have come by now. */
  | { readonly news: 'overdue'; readonly host: string; readonly action: string };

/** By what a function deals with hosts. */
export interface HostPorts {
  readonly register: Register;
  /** The function's own, which looks and audits; what changes a host is sent by a session of the remediator. */
  readonly ssm: () => Promise<SSM>;
  readonly audit: (step: AuditStep, delaySeconds?: number) => Promise<void>;
  readonly tell: (news: HostNews, delaySeconds?: number) => Promise<void>;
}

/** What auditing hosts works with: the engine, which knows their type and controls, and what is their own. */
export interface Hosts extends HostPorts {
  readonly engine: Engine;
  readonly settings: HostSettings;
  readonly documents: readonly AuditDocument[];
  /** Every host control of the catalogue. */
  readonly controls: readonly OnHost[];
  /** Parameters that differ from what the documents say, as they take them: `PL.SSH.6.max=3`. */
  readonly parametersFor: (areas: readonly string[]) => string;
}
