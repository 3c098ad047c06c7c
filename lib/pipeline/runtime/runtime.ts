import type { PutEvaluationsCommandInput } from '@aws-sdk/client-config-service';
import type { SecurityHub } from '@aws-sdk/client-securityhub';
import type { SSM } from '@aws-sdk/client-ssm';
import type { Clients } from '../../aws/clients.ts';
import type { DeadLetters } from '../../aws/dead-letters.ts';
import type { Operators } from '../../aws/operators.ts';
import type { Queues } from '../../aws/queues.ts';
import type { BatchReader } from '../../aws/reader.ts';
import type { Breaker } from '../../aws/stores/breaker.ts';
import type { Ledger } from '../../aws/stores/ledger.ts';
import type { LetGoLog } from '../../aws/stores/let-go.ts';
import type { Locks } from '../../aws/stores/locks.ts';
import type { Posture } from '../../aws/stores/posture.ts';
import type { Regions } from '../../aws/stores/regions.ts';
import type { Switch } from '../../aws/stores/switch.ts';
import type { Waiting } from '../../aws/stores/waiting.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import type { Place } from '../../engine/changes/place.ts';
import type { SessionGrant } from '../../engine/remediation/session-policy.ts';
import type { Control } from '../../model/control.ts';
import type { AnyResourceType, Where } from '../../model/resource-type.ts';
import type { Hardening } from '../hosts/harden/hardening.ts';
import type { Governing } from './governed.ts';
import type { Types } from './types.ts';

/** What remediation works with. */
export interface Remediation {
  /** ARN of the role whose sessions carry plans out. */
  readonly remediatorArn: string;
  readonly ledger: Ledger;
  readonly locks: Locks;
  readonly breaker: Breaker;
  /** Who may ask for what changes something. */
  readonly operators: Operators;
  /** Whether the kill switch lets anything be called; read anew each time. Throws where it cannot be read. */
  readonly isOn: () => Promise<boolean>;
  /** Lets everything be called again, by an operator's word. */
  readonly turnOn: Switch['turnOn'];
  /** Which operators have let go again what was stopped. */
  readonly letGo: LetGoLog;
  /** Which rows wait for that. */
  readonly waiting: Waiting;
  /** A session of the remediator that may do what is granted and nothing else, named and marked by the action; its clients are of where it acts. */
  readonly session: (
    grants: readonly SessionGrant[],
    action: string,
    where: Where,
  ) => Promise<Clients>;
  /** Tells the people who have subscribed; `subject` has at most 100 characters. */
  readonly notify: (subject: string, message: string) => Promise<void>;
  /** Absent where no host is changed. */
  readonly hardening?: Hardening;
}

/** A chain of messages to ourselves that was ended, since it became longer than any that is meant. */
export interface EndedChain {
  readonly chain: 'settle' | 'sweep' | 'audit';
  /** Which resource, or which type. */
  readonly of: string;
  readonly why: string;
}

/** Failures that are to be put right, and that nothing was done about for too long. */
export interface Overdue {
  /** Which resource. */
  readonly of: string;
  readonly controls: readonly string[];
}

/**
 * Security Hub of an account and region. Imports have a client of their own: a client counts what it tries again, and
 * GetFindings, limited to three calls a second, would else leave imports no further try.
 */
export type Hub = (where: Where, use: 'imports' | 'workflow') => Promise<SecurityHub>;

/** What evaluating works with: made once per process, used by every batch. */
export interface Runtime {
  readonly place: Place;
  readonly baseline: Baseline;
  readonly types: Types;
  /** Every control of a type, enabled or not. */
  readonly controlsOf: (type: string) => Promise<readonly Control[]>;
  /** A fresh reader of an account and region for each batch. */
  readonly reader: (where: Where) => BatchReader;
  readonly posture: Posture;
  /** What is known of each region as a whole. */
  readonly regions: Regions;
  readonly queues: Queues;
  /** Absent but in the function that sweeps. */
  readonly deadLetters?: DeadLetters;
  /** Unique ids, `AROA…`, of the roles whose messages count as our own. */
  readonly ownRoles: ReadonlySet<string>;
  readonly hub: Hub;
  /** Systems Manager of an account and region, as hosts are asked there. */
  readonly ssm: (where: Where) => Promise<SSM>;
  /** Who may ask for what changes nothing. Absent in functions that nobody asks. */
  readonly operators?: Operators;
  /** Absent where the baseline asks for no plans. */
  readonly remediation?: Remediation;
  /** Tells the people who have subscribed what Security Hub does not take, or what cannot wait. Absent in functions that publish nothing. */
  readonly notify?: Remediation['notify'];
  /** Answers AWS Config; only the rule's handler does. */
  readonly putEvaluations: (input: PutEvaluationsCommandInput) => Promise<unknown>;
  /** Says in the log and by a metric that a chain was ended. */
  readonly endChain: (ended: EndedChain) => void;
  /** Says in the log and by a metric what nothing was done about. */
  readonly noteOverdue: (overdue: Overdue) => void;
  /** Says in the log that what stands in the table under a key is no row. */
  readonly noteUnreadable: (key: string) => void;
  readonly clock: () => Date;
  /** The accounts of an organization. Absent where the baseline names none, and in functions that enter no other account. */
  readonly governing?: Governing;
  /** Overrides what the types say; for a local AWS that shows every write at once. */
  readonly settlesAfterSeconds?: number;
}

/** The runtime of what may change something. */
export interface RemediationRuntime extends Runtime {
  readonly remediation: Remediation;
}
/** Whether this function is one that may change something. */
export const canRemediate = (runtime: Runtime): runtime is RemediationRuntime =>
  runtime.remediation !== undefined;

/** The controls of a type that the baseline enables. */
export const enabledOn = async (
  type: AnyResourceType,
  { baseline, controlsOf }: Pick<Runtime, 'baseline' | 'controlsOf'>,
): Promise<readonly Control[]> =>
  (await controlsOf(type.type)).filter(({ id }) => baseline.controls[id]);
