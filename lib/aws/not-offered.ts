import type { Reader } from '../model/resource-type.ts';
import { attempted } from './errors.ts';
import { isNoHost } from './failures.ts';

/** Whether another service of the region answers; STS is in each, and needs no right. */
export const answersElse = async (reader: Pick<Reader, 'call'>): Promise<boolean> =>
  'value' in (await attempted(() => reader.call('sts', 'getCallerIdentity', {})));

/** Whether a call failed because the region lacks the service, which therefore has no host there. */
export const isNotOffered = async (
  reason: unknown,
  reader: Pick<Reader, 'call'>,
): Promise<boolean> => isNoHost(reason) && (await answersElse(reader));
