import type { z } from 'zod';
import { problemIn } from '../../engine/baseline/baseline-problems.ts';
import { sha256, sha256Of } from '../../engine/history/manifest.ts';
import { parseJson } from '../../support/json.ts';
import { jsonPieces } from '../../support/printed-json.ts';
import { runAs } from '../../support/run-as.ts';
import { asRecord, text } from '../../support/untyped.ts';
import { UserError } from '../../support/user-error.ts';
import { visible } from '../formats/visible.ts';
import { checkRecordSchema, scanOfCheck } from './check-record.ts';
import { checkSchema } from './check-schema.ts';
import { noCounts, type RecordedCounts } from './counts.ts';
import { type Recorded, recordSchema, scanSchema } from './record.ts';

const howToSave = (): string => `save one with ${runAs('scan --out scan.json')}`;

/** What a saved scan lists beside its counts: a report must not call clean what was left out of the file. */
const checkWhole = (file: string, { counts, results, source }: Recorded): void => {
  const failed = results.filter(({ status, exemption }) => status === 'FAIL' && !exemption).length;
  const exempted = results.filter(({ status, exemption }) => status === 'FAIL' && exemption).length;
  const unknown = results.filter(({ status }) => status === 'UNKNOWN').length;
  if (failed === counts.failed && exempted === counts.exempted && unknown === counts.unknown)
    return;
  throw new UserError(
    `${file} counts ${counts.failed + counts.exempted} failed and ${counts.unknown} unknown, and lists ${failed + exempted} and ${unknown}: save it ${source === 'declared' ? 'without --quiet' : 'without --known, and without a --status that leaves some out'}`,
  );
};

const listedBy = (results: Recorded['results']): ReadonlyMap<string, RecordedCounts> => {
  const listed = new Map<string, RecordedCounts>();
  for (const { control, status, exemption } of results) {
    const counts = listed.get(control) ?? { ...noCounts };
    if (status === 'UNKNOWN') counts.unknown += 1;
    else if (status === 'FAIL') counts[exemption ? 'exempted' : 'failed'] += 1;
    listed.set(control, counts);
  }
  return listed;
};

/** The same of each control: requirements stand by what is counted, and show what is listed. */
const checkControls = (file: string, { controls, results }: Recorded): void => {
  const listed = listedBy(results);
  for (const id of new Set([...Object.keys(controls), ...listed.keys()])) {
    const counted = Object.hasOwn(controls, id) ? (controls[id] ?? noCounts) : noCounts;
    const { failed, exempted, unknown } = listed.get(id) ?? noCounts;
    if (failed !== counted.failed || exempted !== counted.exempted || unknown !== counted.unknown)
      throw new UserError(
        `${file} counts ${counted.failed + counted.exempted} failed and ${counted.unknown} unknown of ${visible(id, 60)}, and lists ${failed + exempted} and ${unknown}: somebody has changed it; save it again`,
      );
  }
};

type Read = { readonly scan: z.infer<typeof recordSchema> } | { readonly error: z.ZodError };
const asRead = <T>(
  { data, error }: z.ZodSafeParseResult<T>,
  scanOf: (data: T) => z.infer<typeof recordSchema>,
): Read => (error ? { error } : { scan: scanOf(data) });
/** By schema, what reads it. */
const readers: Readonly<Record<string, (value: unknown) => Read>> = {
  [scanSchema]: (value) => asRead(recordSchema.safeParse(value), (scan) => scan),
  [checkSchema]: (value) => asRead(checkRecordSchema.safeParse(value), scanOfCheck),
};

/** A saved scan, or what a check of files saved; throws a sentence where it is none, or not whole. */
export const readRecord = (content: string, file: string): Recorded => {
  let value: unknown;
  try {
    value = parseJson(content);
  } catch (cause) {
    throw new UserError(`${file} is no saved scan: it is no JSON; ${howToSave()}`, { cause });
  }
  const schema = text(asRecord(value)['schema']);
  if (schema === undefined)
    throw new UserError(`${file} is no saved scan, or one of an earlier release; ${howToSave()}`);
  const known = Object.hasOwn(readers, schema) ? readers[schema] : undefined;
  if (!known)
    throw new UserError(
      `${file} has the schema ${visible(schema, 60)}; this release reads ${Object.keys(readers).join(', ')}: save it again with the release that reads it`,
    );
  const read = known(value);
  if ('error' in read) {
    const what = schema === checkSchema ? 'check' : 'scan';
    const [issue] = read.error.issues;
    throw new UserError(`${file} is no whole ${what}: ${issue && problemIn(value, issue)}`);
  }
  const { account, at, results } = read.scan;
  const scan = { ...read.scan, results: results.map((result) => ({ ...result, account, at })) };
  checkWhole(file, scan);
  checkControls(file, scan);
  return scan;
};

/** A scan as a file in pieces, of which `readRecord` makes the same again. */
export function* recordPieces({ results, ...scan }: Recorded): Generator<string> {
  const unplaced = function* () {
    for (const { account: _, at: __, ...result } of results) yield result;
  };
  yield* jsonPieces({ ...scan, results: unplaced() });
  yield '\n';
}
/** A scan that is here already, with the sum of what would be its file. */
export const sourceOf = (scan: Recorded) => ({ scan, sha256: sha256Of(recordPieces(scan)) });

/** A saved scan with the sum of its file. */
export const sourceFrom = (content: string, file: string) => ({
  scan: readRecord(content, file),
  sha256: sha256(content),
});
