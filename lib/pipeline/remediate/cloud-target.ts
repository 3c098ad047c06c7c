import { ownershipOf } from '../../engine/remediation/ownership.ts';
import { runAs } from '../../support/run-as.ts';
import { reserve } from './block.ts';
import { carryOut } from './carry-out.ts';
import { constructPathOf } from './construct-path.ts';
import { pend, pendStopped } from './pend.ts';
import type { RemediationTarget } from './remediation-target.ts';
import { callsLeft } from './resumed.ts';
import { verify } from './verify.ts';

/** A resource of AWS. */
export const cloudTarget: RemediationTarget = {
  basis: [],
  keepsImage: true,
  answersLater: false,
  commandFor: ({ id }) => runAs(`plan --resource ${id}`),
  asSent: (planned) => planned,
  async whyOwned(drifted, runtime) {
    const { deployRoles } = runtime.baseline.remediation;
    const { account } = drifted.ref;
    const { why, stack, logicalId } = ownershipOf({ ...drifted, deployRoles, account });
    if (why === undefined || stack === undefined) return why;
    const path = logicalId && (await constructPathOf({ stack, logicalId }, drifted.ref, runtime));
    return `${why}: ${[`stack ${stack}`, logicalId, path].filter((part) => part).join(', ')}`;
  },
  whyAway: async () => undefined,
  reserve: (_, { action }, runtime) => reserve(action, action.controls, runtime),
  // The queue of requests is ordered and holds no message back: it is pending in its row.
  waitFor: pend,
  async act(entry, calls, grants, runtime) {
    const acted = await carryOut(entry, calls, grants, runtime);
    await pendStopped(acted.action, runtime);
    await verify(acted, runtime);
  },
  claim: async () => true,
  async takeBack(undo, original, runtime) {
    const { id, grants = [] } = undo.action;
    const acted = await carryOut(undo, callsLeft(undo.action), grants, runtime);
    // One that was stopped before its first call may be asked for again.
    if (acted.action.calls.some(({ result }) => result !== 'failed'))
      await runtime.remediation.ledger.put(original, { ...original.action, undoneBy: id });
    await verify(acted, runtime);
  },
  review: ({ type, ref }, { queues }) =>
    queues.review({ version: 1, type, ref, facets: 'all', cause: { kind: 'review' } }),
};
