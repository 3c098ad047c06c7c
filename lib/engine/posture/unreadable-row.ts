import { ofKey } from '../changes/change.ts';
import type { ControlRow, ResourceRow } from './row.ts';

/** Earlier than any read. */
const never = new Date(0).toISOString();

/** In place of what is no row: only what its key says is known. */
export const unreadableRow = (key: string): ResourceRow => ({
  ...ofKey(key),
  version: Number.NaN,
  readAt: never,
  stampedAt: never,
  tags: {},
  controls: {},
  isUnreadable: true,
});

/**
 * The same with what is evaluated on it, as unknown. Nobody knows what Security Hub was told, so that it is told each verdict
 * again, also that something passes.
 * @param ids of every control of its type
 */
export const withUnknown = (row: ResourceRow, ids: readonly string[], now: Date): ResourceRow => {
  const unknown: ControlRow = {
    verdict: { status: 'UNKNOWN', reason: 'what was kept of it cannot be read' },
    since: never,
    firstSeenAt: now.toISOString(),
    readAt: never,
    // Higher than that of any episode before, whose actions the ledger still has.
    episodes: Math.floor(now.getTime() / 1000),
    causes: [],
    hash: 'not known',
  };
  return { ...row, controls: Object.fromEntries(ids.map((id) => [id, unknown])) };
};
