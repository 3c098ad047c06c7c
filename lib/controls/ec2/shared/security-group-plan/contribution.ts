import type { PortQuery } from '../open-ports.ts';

/** What a control forbids of a group: ports that must be closed to untrusted sources. */
export interface Forbidden extends PortQuery {
  /**
   * A control that says which ports may be open leaves no room for protocols without ports in a rule for all
   * traffic, but for ICMP; one that says which must be closed leaves them alone.
   */
  readonly otherProtocols?: 'closed';
}

/** What a control asks of the plan for its group; `everything`: no rule may be there. */
export type Part = Forbidden | 'everything';
