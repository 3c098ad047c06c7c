import type { Clients } from '../../lib/aws/clients.ts';
import { canBePlanned, plannedActions } from '../../lib/engine/remediation/planning.ts';
import type { Control } from '../../lib/model/control.ts';

/**
 * A drift that a control's plan puts right on the local AWS. The resource is compliant after `arrange`, the control
 * fails after `drift`, passes after the plan, and is as it was after `drift` again once the plan is taken back.
 */
export interface Drift {
  readonly control: string;
  readonly type: string;
  /** What somebody did, as the test's title: "somebody deletes the block". */
  readonly title: string;
  /** Parameters of the control, where its defaults do not do. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** How long after `arrange` Plumbline looks, by its clock. @default 0 */
  readonly daysLater?: number;
  /** Makes a resource of a name of its own and answers its id. */
  arrange(clients: Clients): Promise<string>;
  drift(clients: Clients, id: string): Promise<unknown>;
}

/** Whether the plan of a control makes calls, and so puts a drift right. */
export const makesCalls = (control: Control): boolean =>
  canBePlanned(control) && plannedActions(control).length > 0;
export const missingDrift = (control: string): string =>
  `write export const drift: Drift in the test of ${control}: what makes a resource that passes, and what somebody then does to it; drifts that share calls are in test/remediation/drifts`;

let made = 0;
/** A name that no other test of this process, nor of another, has taken. */
export const uniqueName = (prefix: string): string => {
  made += 1;
  return `${prefix}-${process.pid}-${Date.now().toString(36)}-${made}`;
};
