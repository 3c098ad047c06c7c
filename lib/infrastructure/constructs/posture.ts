import type { Construct } from 'constructs';
import { deniedIndex } from '../../model/denied.ts';
import { GuardedTable } from './guarded-table.ts';

/** How rows are written, as the handlers know it by `ROW_FORM`. */
export type RowForm = 'json' | 'deflated';
/** The sparse index of what is to be evaluated again at a time. */
export const dueIndex = 'due';
/** From the last part of a finding's id, the ARN or its hash, to the row of the resource. */
export const subjectsIndex = 'subjects';
/** The actions of a month, in the order in which they began; here those that earlier releases have left. */
export const actionsIndex = 'actions';

/** The table of verdicts, episodes, transitions and plans. */
export class Posture extends GuardedTable {
  /** What those who write rows have to know. */
  readonly environment: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, form: RowForm = 'json') {
    super(scope, id);
    // Nothing is said of what is so by default, so that an update changes no function.
    this.environment = form === 'json' ? {} : { ROW_FORM: form };
    this.addIndex(dueIndex, 'dueShard', 'dueAt');
    this.addIndex(actionsIndex, 'month', 'startedAt');
    this.addIndex(subjectsIndex, 'subject', 'pk');
    // What our own role may not read: with KEYS_ONLY, the sort key says what.
    this.addIndex(deniedIndex, 'deniedShard', 'denied');
  }
}
