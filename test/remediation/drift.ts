import type { Clients } from '../../lib/aws/clients.ts';

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

let made = 0;
/** A name that no other test of this process, nor of another, has taken. */
export const uniqueName = (prefix: string): string => {
  made += 1;
  return `${prefix}-${process.pid}-${Date.now().toString(36)}-${made}`;
};
