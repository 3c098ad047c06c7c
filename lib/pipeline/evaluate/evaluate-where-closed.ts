import { isNotEntered } from '../../aws/entry.ts';
import { attempted } from '../../aws/errors.ts';
import type { BatchReader } from '../../aws/reader.ts';
import type { Found } from '../../engine/posture/next-row.ts';
import { isNotEnabled } from '../../resources/account/probes.ts';
import { lookAtEntry } from '../runtime/away.ts';
import { isClosed, noteHeard } from '../runtime/closed-region.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { evaluate } from './evaluate-resource.ts';
import type { EvaluationRequest } from './evaluation-request.ts';

const isHeard = ({ group }: EvaluationRequest): boolean =>
  group.changes.some(({ cause }) => cause.kind === 'event');

/** Evaluates a resource; nothing of an account that lets us not in, nor of a region that is closed: each is said once. */
export const evaluateWhereClosed = async (
  request: EvaluationRequest,
  reader: BatchReader,
  runtime: Runtime,
): Promise<Found | 'closed' | 'notEntered'> => {
  const isRegional = request.type.scope === 'regional';
  const isShut = () => isRegional && isClosed(request.ref, reader, runtime);
  // Noted whatever comes of it: a region that is closed to us alone is no empty one, and what is heard of an account that lets
  // us not in is heard.
  const [asked] = await Promise.all([
    attempted(() => evaluate(request, reader, runtime)),
    isHeard(request) && noteHeard(request.ref, isRegional, runtime),
  ]);
  if ('failure' in asked) {
    if (isNotEntered(asked.failure)) {
      await lookAtEntry(asked.failure.account, runtime);
      return 'notEntered';
    }
    if (!isNotEnabled(asked.failure) || !(await isShut())) throw asked.failure;
    return 'closed';
  }
  const { evaluated } = asked.value;
  const isUnread =
    evaluated.length > 0 && evaluated.every(({ verdict }) => verdict.status === 'UNKNOWN');
  if (isUnread && (await isShut())) return 'closed';
  return asked.value;
};
