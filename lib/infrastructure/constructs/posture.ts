import type { Construct } from 'constructs';
import { GuardedTable } from './guarded-table.ts';

/** The sparse index of what is to be evaluated again at a time. */
export const dueIndex = 'due';
/** From the last part of a finding's id, the ARN or its hash, to the row of the resource. */
export const subjectsIndex = 'subjects';
/** The actions of a month, in the order in which they began; here those that earlier releases have left. */
export const actionsIndex = 'actions';

/** The table of verdicts, episodes, transitions and plans. */
export class Posture extends GuardedTable {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.addIndex(dueIndex, 'dueShard', 'dueAt');
    this.addIndex(actionsIndex, 'month', 'startedAt');
    this.addIndex(subjectsIndex, 'subject', 'pk');
  }
}
