import { codeOf, credentialCodes, messageOf } from '../../aws/errors.ts';
import { failureOf, isNoHost } from '../../aws/failures.ts';
import { answersElse } from '../../aws/not-offered.ts';
import type { Reader } from '../../model/resource-type.ts';

/**
 * What a failed call says of others. `all`: of the credentials or the way to AWS, so that no other need be tried.
 * `notOffered`: the region has no such service, which therefore has no host there. `one`: nothing of other calls.
 */
export type AtFault = 'all' | 'notOffered' | 'one';

/**
 * Where one service cannot be reached, another one of the region is asked: a region lacks services, and a network endpoint
 * for one of them may lead nowhere, while all else answers.
 */
export const atFault = async (reason: unknown, reader: Reader): Promise<AtFault> => {
  if (failureOf(reason) === undefined) return 'one';
  if (credentialCodes.includes(codeOf(reason))) return 'all';
  if (!(await answersElse(reader))) return 'all';
  return isNoHost(reason) ? 'notOffered' : 'one';
};

/** Why a call failed: in a sentence of ours where there is one, else as it was said. */
export const whyOf = (reason: unknown): string => failureOf(reason) ?? messageOf(reason);
