import type { Ledger } from '../aws/stores/ledger.ts';
import type { PostureListing } from '../aws/stores/posture-listing.ts';
import { type Action, monthsUntil } from '../engine/remediation/action.ts';
import type { RecordedAction, RecordedActions } from '../reports/compliance/record.ts';
import { inParts } from '../support/chunked.ts';
import { timesOf } from './action-times.ts';

/** A time; `to` is not in it. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}
export interface ActionSources {
  readonly ledger: Pick<Ledger, 'list'>;
  readonly listing: Pick<PostureListing, 'transition'>;
}

/** More than anybody reads in a report; the command `actions` lists the rest. */
const mostActions = 1000;
/** Looked up in the table of verdicts at the same time. */
const atOnce = 20;

const recorded = async (action: Action, sources: ActionSources): Promise<RecordedAction> => {
  const { id, ref, arn, controls, state, guard, why, askedBy, startedAt, concludedAt } = action;
  const { undoes, undoneBy } = action;
  const said = [guard, why].filter((one) => one !== undefined).join(': ');
  return {
    id,
    account: ref.account,
    region: ref.region,
    resource: arn,
    controls: [...controls],
    state,
    ...(said === '' ? {} : { why: said }),
    askedBy: askedBy.kind,
    startedAt,
    ...(concludedAt === undefined ? {} : { concludedAt }),
    ...(undoes === undefined ? {} : { undoes }),
    ...(undoneBy === undefined ? {} : { undoneBy }),
    ...(await timesOf(action, sources)),
  };
};

/** What was done and undone in a time, the latest first, with how long it took. Nobody is named. */
export const recordedActions = async (
  { from, to }: Span,
  sources: ActionSources,
): Promise<RecordedActions> => {
  const [begin, end] = [from.toISOString(), to.toISOString()];
  const months = monthsUntil(to).filter((month) => month >= begin.slice(0, 7));
  const isWanted = ({ startedAt }: Action) => startedAt >= begin && startedAt < end;
  const found = await sources.ledger.list(months, mostActions + 1, isWanted);
  const list: RecordedAction[] = [];
  for (const some of inParts(found.slice(0, mostActions), atOnce))
    list.push(...(await Promise.all(some.map((action) => recorded(action, sources)))));
  return { from: begin, to: end, ...(found.length > mostActions ? { isCut: true } : {}), list };
};
