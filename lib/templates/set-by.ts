import { tellers } from '../resources/index.ts';
import { typesToldBy } from '../resources/told-by.ts';
import { lambda } from '../services/lambda.ts';
import { s3 } from '../services/s3.ts';
import { s3control } from '../services/s3control.ts';
import { namedIn } from '../support/named-in.ts';

/** Who writes a call names its service in many ways: the name of the call is asked of every one. */
const namesOf = (call: string): readonly string[] => [
  call,
  ...[s3, s3control, lambda].flatMap(({ eventNames = {} }) => namedIn(eventNames, call) ?? []),
];

/** The names of all types of which a call of an SDK, `PutBucketPolicy`, can change something. */
export const typesSetBy = (call: string): readonly string[] => [
  ...new Set(
    namesOf(call).flatMap((name) =>
      Object.keys(tellers).flatMap((source) => typesToldBy(source, name)),
    ),
  ),
];
