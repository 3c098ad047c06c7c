import { isNotEntered } from '../../aws/entry.ts';
import { attempted, codeOf, messageOf } from '../../aws/errors.ts';
import type { BatchReader } from '../../aws/reader.ts';
import type { Found } from '../../engine/posture/next-row.ts';
import { lookAtEntry } from '../runtime/away.ts';
import { isClosedToReading, isRegionItself } from '../runtime/closed-region.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { evaluate } from './evaluate-resource.ts';
import type { EvaluationRequest } from './evaluation-request.ts';

/** How services answer in a region that the account has not enabled: they know no credentials of it. */
const notEnabledCodes = ['AuthFailure', 'InvalidClientTokenId', 'UnrecognizedClientException'];
const isNotEnabled = (failure: unknown): boolean => notEnabledCodes.includes(codeOf(failure));

/** Reads as denied what no credentials of the account are good for. */
const asDenied = (reader: BatchReader, runtime: Runtime): BatchReader => ({
  ...reader,
  read: async (type, ref, facets, settings) => {
    const read = await attempted(() => reader.read(type, ref, facets, settings));
    if ('value' in read) return read.value;
    if (!isNotEnabled(read.failure)) throw read.failure;
    const denied = messageOf(read.failure);
    const readings = Object.fromEntries(facets.map((name) => [name, { denied }]));
    return { gone: false, readAt: runtime.clock(), facets: readings };
  },
});

/**
 * Evaluates a resource; nothing of an account that lets us not in, which is said once, nor of a region that is closed but
 * what the region has once, which says so.
 */
export const evaluateWhereClosed = async (
  request: EvaluationRequest,
  reader: BatchReader,
  runtime: Runtime,
): Promise<Found | 'closed' | 'notEntered'> => {
  const isClosed = () => isClosedToReading(request.ref, reader, runtime);
  const asked = await attempted(() => evaluate(request, reader, runtime));
  if ('failure' in asked) {
    if (isNotEntered(asked.failure)) {
      await lookAtEntry(asked.failure.account, runtime);
      return 'notEntered';
    }
    if (!isNotEnabled(asked.failure) || !(await isClosed())) throw asked.failure;
    return isRegionItself(request.type)
      ? evaluate(request, asDenied(reader, runtime), runtime)
      : 'closed';
  }
  const { evaluated } = asked.value;
  const isUnread =
    evaluated.length > 0 &&
    evaluated.every(({ verdict }) => verdict.status === 'UNKNOWN') &&
    !isRegionItself(request.type);
  return isUnread && (await isClosed()) ? 'closed' : asked.value;
};
