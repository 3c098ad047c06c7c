import { parseJson } from '../../support/json.ts';
import { runAs } from '../../support/run-as.ts';
import { record, text } from '../../support/untyped.ts';
import { UserError } from '../../support/user-error.ts';
import { type Recorded, recordSchema, scanSchema } from './record.ts';

const howToSave = (): string => `save one with ${runAs('scan --out scan.json')}`;

/** What a saved scan lists beside its counts: a report must not call clean what was left out of the file. */
const checkWhole = (file: string, { counts, results }: Recorded): void => {
  const failed = results.filter(({ status, exemption }) => status === 'FAIL' && !exemption).length;
  const exempted = results.filter(({ status, exemption }) => status === 'FAIL' && exemption).length;
  const unknown = results.filter(({ status }) => status === 'UNKNOWN').length;
  if (failed === counts.failed && exempted === counts.exempted && unknown === counts.unknown)
    return;
  throw new UserError(
    `${file} counts ${counts.failed + counts.exempted} failed and ${counts.unknown} unknown, and lists ${failed + exempted} and ${unknown}: save it without --known, and without a --status that leaves some out`,
  );
};

/** A saved scan; throws a sentence where it is none, or not whole. */
export const readRecord = (content: string, file: string): Recorded => {
  let value: unknown;
  try {
    value = parseJson(content);
  } catch (cause) {
    throw new UserError(`${file} is no saved scan: it is no JSON; ${howToSave()}`, { cause });
  }
  const schema = text(record(value)['schema']);
  if (schema === undefined)
    throw new UserError(`${file} is no saved scan, or one of an earlier release; ${howToSave()}`);
  if (schema !== scanSchema)
    throw new UserError(
      `${file} has the schema ${schema.slice(0, 60)}; this release reads ${scanSchema}`,
    );
  const read = recordSchema.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = issue?.path.join('.') || 'its top';
    throw new UserError(
      `${file} is no whole scan: at ${where}: ${issue?.message ?? 'it is wrong'}`,
    );
  }
  const { account, at, results } = read.data;
  const scan = { ...read.data, results: results.map((result) => ({ ...result, account, at })) };
  checkWhole(file, scan);
  return scan;
};
