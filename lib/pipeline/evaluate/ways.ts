import { attempted } from '../../aws/errors.ts';
import type { BatchReader } from '../../aws/reader.ts';
import { isOfWays } from '../../engine/changes/group-changes.ts';
import type { ControlEvaluation } from '../../engine/evaluation/control-evaluation.ts';
import type { Found } from '../../engine/posture/next-row.ts';
import type { ResourceRow } from '../../engine/posture/row.ts';
import type { Control } from '../../model/control.ts';
import { reachableFacet, type WaysIn } from '../../model/ways-in.ts';
import { Late, withDeadline } from './deadline.ts';
import type { EvaluationRequest } from './evaluation-request.ts';

/** Whether a control fails on a row: only then it matters who comes to the resource. */
export const isFailing = (row: ResourceRow | undefined, enabled: readonly Control[]): boolean =>
  row?.goneAt === undefined && enabled.some(({ id }) => row?.controls[id]?.lastKnown === 'FAIL');

/** Milliseconds that looking for ways may take: less than the resource has, whose verdicts do not wait for it. */
const deadline = 4_000;

const waysIn = (value: unknown): WaysIn => value as WaysIn;

const unknownBy = (why: string, readAt: string) =>
  ({ reachability: { from: 'unknown', why, through: ['*'], readAt } }) as const;

const readReachability = async ({ type, ref }: EvaluationRequest, reader: BatchReader) => {
  const reading = await reader.read(type, ref, [reachableFacet]);
  if (reading.gone) return {};
  const found = reading.facets[reachableFacet];
  const readAt = reading.readAt.toISOString();
  if (found && 'value' in found) {
    const { reachabilityOf } = await import('../../analysis/network/reachability.ts');
    return { reachability: { ...reachabilityOf(waysIn(found.value)), readAt } };
  }
  const why = found && 'denied' in found ? `it may not be read: ${found.denied}` : 'it is not told';
  return unknownBy(why, readAt);
};

/**
 * How the internet comes to what fails. Somebody's event is answered first, with what is known: the look after it has
 * settled reads the ways.
 */
export const reachabilityFor = async (
  request: EvaluationRequest,
  evaluated: readonly ControlEvaluation[],
  reader: BatchReader,
  clock: () => Date,
): Promise<Pick<Found, 'reachability'>> => {
  const { type, group, row, enabled } = request;
  const isAsked = group.changes.some(({ facets }) => isOfWays(facets));
  const isFirst = group.changes.every(({ cause }) => cause.kind === 'event');
  const fails = evaluated.some(({ verdict }) => verdict.status === 'FAIL');
  if (!type.reachable || !(fails || isFailing(row, enabled)) || (isFirst && !isAsked)) return {};
  const work = () => withDeadline(readReachability(request, reader), 'looking for it', deadline);
  const read = await attempted(work);
  if ('value' in read) return read.value;
  if (read.failure instanceof Late)
    return unknownBy(`not seen: ${read.failure.message}`, clock().toISOString());
  // What was asked for is asked again; a verdict does not wait for it.
  if (isAsked && evaluated.length === 0) throw read.failure;
  return {};
};
