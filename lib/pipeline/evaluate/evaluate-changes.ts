import type { Change } from '../../engine/changes/change.ts';
import {
  eventsIn,
  facetsIn,
  type Group,
  grouped,
  isOfWays,
  isSettled,
} from '../../engine/changes/group-changes.ts';
import { isGoverned } from '../../engine/changes/place.ts';
import type { DropReason } from '../../engine/changes/triggered.ts';
import { affectedBy, needsOf } from '../../engine/evaluation/evaluate.ts';
import type { Found } from '../../engine/posture/next-row.ts';
import type { ResourceRow } from '../../engine/posture/row.ts';
import { runtimeAt } from '../runtime/away.ts';
import type { Outcome } from '../runtime/batch.ts';
import { oneReaderEach } from '../runtime/one-reader-each.ts';
import { enabledOn, type Runtime } from '../runtime/runtime.ts';
import { withAwaited } from './awaited-actions.ts';
import { withDeadline } from './deadline.ts';
import { settlesAfter } from './evaluate-resource.ts';
import { evaluateWhereClosed } from './evaluate-where-closed.ts';
import type { EvaluationRequest } from './evaluation-request.ts';
import { lookLater } from './look-later.ts';
import { oursAmong } from './own-changes.ts';
import { record } from './record.ts';
import { readRows } from './rows.ts';
import { isFailing } from './ways.ts';

/** Milliseconds that one resource may take to be read and evaluated. */
const deadline = 10_000;

/** An event that cannot have settled yet is never dropped, so its facets are read while the rows are. */
const readAhead = async (
  { changes }: Group,
  readerAt: Runtime['reader'],
  runtime: Runtime,
): Promise<void> => {
  const type = await runtime.types.named(changes[0]?.type ?? '');
  if (!type) return;
  const settled = runtime.clock().getTime() - settlesAfter(runtime, type) * 1000;
  const fresh = changes.filter(
    ({ cause }) => cause.kind === 'event' && Date.parse(cause.time) > settled,
  );
  const needs = needsOf(affectedBy(await enabledOn(type, runtime), facetsIn(fresh, undefined)));
  if (!fresh[0] || needs.length === 0) return;
  // Identity fails, or says that the resource is gone, for itself.
  const { ref } = fresh[0];
  const reader = readerAt(ref);
  await Promise.all([reader.read(type, ref, needs), reader.read(type, ref, ['about'])]);
};

const markedAs = (change: Change, ours: ReadonlySet<string>): Change =>
  change.cause.kind === 'event' && ours.has(change.cause.id)
    ? { ...change, cause: { ...change.cause, ours: true } }
    : change;

/** What there is to evaluate of a group; a reason where there is nothing. */
const evaluationRequestOf = async (
  group: Group,
  row: ResourceRow | undefined,
  runtime: Runtime,
): Promise<EvaluationRequest | DropReason> => {
  const [first] = group.changes;
  const type = await runtime.types.named(first?.type ?? '');
  if (!first || !type) return 'unknown';
  if (!isGoverned(first.ref, runtime.place)) return 'ungoverned';
  const enabled = await enabledOn(type, runtime);
  const facets = facetsIn(group.changes, row);
  const isOfWaysAlone = isOfWays(facets) && type.reachable && isFailing(row, enabled);
  if (affectedBy(enabled, facets).length === 0 && !isOfWaysAlone) return 'notEnabled';
  const settling = { ...type, settlesAfterSeconds: settlesAfter(runtime, type) };
  const changes = group.changes.filter((change) => !isSettled(change, row, settling, enabled));
  if (changes.length === 0) return 'settled';
  const ours = await oursAmong(eventsIn(changes), group.key, runtime);
  const marked = changes.map((change) => markedAs(change, ours));
  return { group: { ...group, changes: marked }, ref: first.ref, type, enabled, row };
};

/** Evaluates what a group tells of, and looks which actions that settles. */
const evaluateGroup = async (
  group: Group,
  row: ResourceRow | undefined,
  readerAt: Runtime['reader'],
  runtime: Runtime,
): Promise<Found | DropReason> => {
  const request = await evaluationRequestOf(group, row, runtime);
  if (typeof request === 'string') return request;
  const found = await evaluateWhereClosed(request, readerAt(request.ref), runtime);
  return typeof found === 'string' ? found : withAwaited(found, request, runtime);
};

const take: typeof evaluateGroup = async (group, row, readerAt, all) => {
  const [first] = group.changes;
  const runtime = first ? runtimeAt(first.ref, all) : all;
  const found = await evaluateGroup(group, row, readerAt, runtime);
  if (typeof found === 'string' && row) await lookLater(group, runtime);
  return found;
};

/**
 * Evaluates a batch: each resource is read once for all its changes, verdicts are recorded, findings go out in one
 * import. Answers each change in order; one resource's failure is none of the others'.
 * @param proven those that count, known only later: what is read ahead costs time else, and nothing is written before
 */
export const evaluateChanges = async (
  all: readonly Change[],
  runtime: Runtime,
  proven: Promise<readonly Change[]> = Promise.resolve(all),
): Promise<readonly Outcome[]> => {
  const ahead = grouped(all);
  const readerAt = oneReaderEach(runtime);
  // What goes wrong ahead goes wrong again where it counts.
  void Promise.allSettled(ahead.map((group) => readAhead(group, readerAt, runtime)));
  const [changes, rows] = await Promise.all([
    proven,
    readRows(
      ahead.map(({ key }) => key),
      runtime,
    ),
  ]);
  const groups = grouped(changes);
  const evaluated = await Promise.allSettled(
    groups.map((group) =>
      withDeadline(take(group, rows.get(group.key), readerAt, runtime), group.key, deadline),
    ),
  );
  const found = evaluated.flatMap((one) =>
    one.status === 'fulfilled' && typeof one.value !== 'string' ? [one.value] : [],
  );
  const recorded = await record(found, rows, runtime);
  const outcomes = new Map<string, Outcome>();
  groups.forEach(({ key }, index) => {
    const one = evaluated[index];
    if (one?.status === 'rejected') outcomes.set(key, { failure: one.reason });
    else if (typeof one?.value === 'string') outcomes.set(key, { dropped: one.value });
  });
  for (const one of recorded) {
    outcomes.set(one.key, 'failure' in one ? { failure: one.failure } : { done: one.published });
  }
  return groups
    .flatMap(({ key, changes: members }) =>
      members.map((change) => [change, outcomes.get(key) ?? { done: 0 }] as const),
    )
    .sort(([a], [b]) => changes.indexOf(a) - changes.indexOf(b))
    .map(([, outcome]) => outcome);
};
