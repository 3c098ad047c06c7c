import type { AnyResourceType, Effect } from '../../lib/model/resource-type.ts';
import { accountId } from './aws.ts';

/** What a call of IAM announces for a type: the ids, and what of them can have changed. */
export const announced = (
  type: AnyResourceType,
  eventName: string,
  detail: Readonly<Record<string, unknown>>,
): { ids: readonly string[] | 'all'; effect: Effect }[] =>
  type.live.announcements.flatMap((one) => {
    if (one.via !== 'cloudtrail' || one.source !== 'iam.amazonaws.com') return [];
    const effect = one.calls[eventName];
    return effect ? [{ ids: one.idsIn({ eventName, ...detail }, accountId), effect }] : [];
  });

/** A document as AWS's policies are written. */
export const policy = (...Statement: object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement });
export const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
export const admin = { Effect: 'Allow', Action: '*', Resource: '*' };
