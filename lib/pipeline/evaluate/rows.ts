import { Logger } from '@aws-lambda-powertools/logger';
import { plausibleRow } from '../../engine/posture/plausible-row.ts';
import type { ResourceRow } from '../../engine/posture/row.ts';
import { withUnknown } from '../../engine/posture/unreadable-row.ts';
import type { Runtime } from '../runtime/runtime.ts';

/** Says what stands in the table and is no row, as an error of the log. */
export const noteUnreadable = (key: string): void =>
  new Logger({ serviceName: 'posture' }).error('what is kept of a resource is no row', {
    of: key,
    failure:
      'nothing of it is believed: the resource is evaluated anew, and what is kept is replaced',
  });

type Reading = Pick<Runtime, 'posture' | 'clock' | 'controlsOf' | 'noteUnreadable'>;

/** A row that the next read overtakes in all that it says. */
const believable = async (
  key: string,
  row: ResourceRow,
  now: Date,
  { controlsOf, noteUnreadable: note }: Reading,
): Promise<ResourceRow> => {
  if (!row.isUnreadable) return plausibleRow(row, now);
  note(key);
  const ids = (await controlsOf(row.type)).map(({ id }) => id);
  return withUnknown(row, ids, now);
};

/** Rows by key, with nothing in them that a live read could not overtake. */
export const readRows = async (
  keys: readonly string[],
  runtime: Reading,
): Promise<ReadonlyMap<string, ResourceRow>> => {
  const rows = await runtime.posture.read(keys);
  const now = runtime.clock();
  return new Map(
    await Promise.all(
      [...rows].map(async ([key, row]) => [key, await believable(key, row, now, runtime)] as const),
    ),
  );
};
