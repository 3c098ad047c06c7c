import { tellers } from '../resources/index.ts';
import { typesToldBy } from '../resources/told-by.ts';
import { lambda } from '../services/lambda.ts';
import { s3 } from '../services/s3.ts';
import { s3control } from '../services/s3control.ts';
import { namedIn } from '../support/named-in.ts';

/** A service is written in many ways, so that the name of a call is looked up in every service. */
const namesOf = (call: string): readonly string[] => [
  call,
  ...[s3, s3control, lambda].flatMap(({ eventNames = {} }) => namedIn(eventNames, call) ?? []),
];

/** The types that a call of an SDK, such as `PutBucketPolicy`, can change. */
export const typesSetBy = (call: string): readonly string[] => [
  ...new Set(
    namesOf(call).flatMap((name) =>
      Object.keys(tellers).flatMap((source) => typesToldBy(source, name)),
    ),
  ),
];
