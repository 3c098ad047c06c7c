import type { Group } from '../../engine/changes/group-changes.ts';
import { rewriteRow } from '../runtime/rewrite-row.ts';
import type { Runtime } from '../runtime/runtime.ts';

const laterMs = 86_400_000;

/**
 * Has a row that was due, and that nothing evaluates, be due again in a day. Of each shard the oldest are looked at
 * first: many that stay due would keep all others out. What a region has that is governed anew is so found gone, too.
 */
export const lookLater = async (
  { key, changes }: Pick<Group, 'key' | 'changes'>,
  runtime: Runtime,
): Promise<void> => {
  if (!changes.some(({ cause }) => cause.kind === 'sweep')) return;
  const later = new Date(runtime.clock().getTime() + laterMs).toISOString();
  await rewriteRow(
    key,
    runtime,
    () => ({}),
    () => later,
  );
};
