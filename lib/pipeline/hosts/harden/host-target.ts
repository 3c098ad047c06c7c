import { whyOwnedHost } from '../../../engine/remediation/ownership.ts';
import { runAs } from '../../../support/run-as.ts';
import type { RemediationTarget } from '../../remediate/remediation-target.ts';
import { nodeOf } from '../node.ts';
import { admission } from '../rollout/admission.ts';
import { beginOnHost, finishOnHost, hardeningOf, takeTurn } from './change-host.ts';
import { withCommand } from './harden-plan.ts';
import { waitOnHost } from './wait-on-host.ts';

/** The Linux inside an instance. */
export const hostTarget: RemediationTarget = {
  basis: ['system'],
  keepsImage: false,
  answersLater: true,
  // What only a host reports is planned from the stack's own table.
  commandFor: ({ id }, control) => `${runAs(`fix ${id} ${control}`)}, which asks first`,
  asSent(planned, { ref, calls: [first] }) {
    const { plan } = planned;
    if (plan.kind !== 'calls' || first?.command === undefined) return planned;
    return { ...planned, plan: withCommand(plan, ref, first.command) };
  },
  whyOwned: async (drifted) => whyOwnedHost(drifted),
  // A command to a host that is not there would be given up before it comes back.
  async whyAway(ref, runtime) {
    const node = await nodeOf(ref.id, await hardeningOf(runtime).ssm(ref));
    return node?.PingStatus === 'Online' ? undefined : 'the agent of the host is not online';
  },
  reserve: admission,
  waitFor: waitOnHost,
  async act(entry, _calls, _grants, runtime) {
    await beginOnHost(entry, undefined, runtime);
  },
  claim: (action, { delivery }, runtime) => takeTurn(action, delivery, runtime),
  async takeBack(undo, original, runtime) {
    const { action } = original;
    if (!(await beginOnHost(undo, action.calls[0]?.command, runtime))) return;
    await runtime.remediation.ledger.put(original, { ...action, undoneBy: undo.action.id });
  },
  finish: finishOnHost,
  review: async ({ ref }, { queues }) => queues.reviewHost?.(ref),
};
