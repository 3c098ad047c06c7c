import { conflict, retryOnConflict } from '../../aws/stores/retry-on-conflict.ts';
import type { Granted } from '../../engine/posture/row.ts';
import { nextVersion } from '../../engine/posture/row-version.ts';
import type { Runtime } from '../runtime/runtime.ts';

/**
 * Gives one control on one resource an exemption, or ends it, and has the resource evaluated again so that the finding
 * says so. False where the posture table does not know the resource.
 */
export const exempt = (
  key: string,
  control: string,
  granted: Granted | undefined,
  runtime: Pick<Runtime, 'posture'> & { readonly queues: Pick<Runtime['queues'], 'review'> },
): Promise<boolean> =>
  retryOnConflict(key, runtime.posture.turns, async () => {
    const before = (await runtime.posture.read([key])).get(key);
    if (!before) return false;
    const { [control]: _, ...others } = before.exemptions ?? {};
    const exemptions = granted ? { ...others, [control]: granted } : others;
    const row = { ...before, version: nextVersion(before.version), exemptions };
    // Due at once: the review below can be lost, the index cannot.
    if (!(await runtime.posture.write(key, before, row, row.readAt))) return conflict;
    const { type, ref } = row;
    await runtime.queues.review({
      version: 1,
      type,
      ref,
      facets: 'all',
      cause: { kind: 'review' },
    });
    return true;
  });
