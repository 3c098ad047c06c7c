import { asRecord } from './untyped.ts';

export type RecordPart = 'requestParameters' | 'responseElements';

/**
 * Whether CloudTrail left a part of a record out, all of it or its end, as it does past 100 KB: "If a field is truncated,
 * `omitted` is present with a value of `true`" (cloudtrail-event-reference-record-contents). It is seen as a text too.
 */
export const isOmitted = (
  detail: Readonly<Record<string, unknown>>,
  part: RecordPart = 'requestParameters',
): boolean => {
  const { omitted, reason } = asRecord(detail[part]);
  return (
    String(omitted).toLowerCase() === 'true' ||
    (typeof reason === 'string' && /^(requestParameters|responseElements) too large/i.test(reason))
  );
};
