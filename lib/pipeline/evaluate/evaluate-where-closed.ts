import { isNotEntered } from '../../aws/entry.ts';
import { attempted } from '../../aws/errors.ts';
import type { BatchReader } from '../../aws/reader.ts';
import type { Found } from '../../engine/posture/next-row.ts';
import { isNotEnabled } from '../../resources/account/probes.ts';
import { lookAtEntry } from '../runtime/away.ts';
import { isClosed, noteHeld } from '../runtime/closed-region.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { evaluate } from './evaluate-resource.ts';
import type { EvaluationRequest } from './evaluation-request.ts';

const isHeard = ({ group }: EvaluationRequest): boolean =>
  group.changes.some(({ cause }) => cause.kind === 'event');

/** Whoever calls in a region uses it: one that is closed to us alone is no empty one. */
const whereClosed = async (request: EvaluationRequest, runtime: Runtime): Promise<'closed'> => {
  if (isHeard(request)) await noteHeld(request.ref, runtime);
  return 'closed';
};

/** Evaluates a resource; nothing of an account that lets us not in, nor of a region that is closed: each is said once. */
export const evaluateWhereClosed = async (
  request: EvaluationRequest,
  reader: BatchReader,
  runtime: Runtime,
): Promise<Found | 'closed' | 'notEntered'> => {
  const isShut = () => request.type.scope === 'regional' && isClosed(request.ref, reader, runtime);
  const asked = await attempted(() => evaluate(request, reader, runtime));
  if ('failure' in asked) {
    if (isNotEntered(asked.failure)) {
      await lookAtEntry(asked.failure.account, runtime);
      return 'notEntered';
    }
    if (!isNotEnabled(asked.failure) || !(await isShut())) throw asked.failure;
    return whereClosed(request, runtime);
  }
  const { evaluated } = asked.value;
  const isUnread =
    evaluated.length > 0 && evaluated.every(({ verdict }) => verdict.status === 'UNKNOWN');
  if (isUnread && (await isShut())) return whereClosed(request, runtime);
  if (isHeard(request) && request.type.scope === 'regional') await noteHeld(request.ref, runtime);
  return asked.value;
};
