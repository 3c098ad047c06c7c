import type { Construct } from 'constructs';
import { GuardedTable } from './guarded-table.ts';
import { actionsIndex } from './posture.ts';

/** The table of actions, locks, holds, breaker slots and rollouts. There is one only where something may be changed. */
export class Ledger extends GuardedTable {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.addIndex(actionsIndex, 'month', 'startedAt');
  }
}
