import type { Granted } from '../../engine/posture/row.ts';
import { rewriteRow } from '../runtime/rewrite-row.ts';
import type { Runtime } from '../runtime/runtime.ts';

/**
 * Gives one control on one resource an exemption, or ends it, and has the resource evaluated again so that the finding
 * says so. False where the posture table does not know the resource.
 */
export const exempt = async (
  key: string,
  control: string,
  granted: Granted | undefined,
  runtime: Pick<Runtime, 'posture'> & { readonly queues: Pick<Runtime['queues'], 'review'> },
): Promise<boolean> => {
  const row = await rewriteRow(
    key,
    runtime,
    ({ exemptions = {} }) => {
      const { [control]: _, ...others } = exemptions;
      return { exemptions: granted ? { ...others, [control]: granted } : others };
    },
    // Due at once: the review below can be lost, the index cannot.
    ({ readAt }) => readAt,
  );
  if (!row) return false;
  const { type, ref } = row;
  await runtime.queues.review({ version: 1, type, ref, facets: 'all', cause: { kind: 'review' } });
  return true;
};
