import type { Delivered } from '../../engine/remediation/delivery.ts';
import { askedAgain, heldUp } from '../hosts/rollout/held-up.ts';
import type { RemediationRuntime } from '../runtime/runtime.ts';

// What stops may be anybody's. What lets go again is an operator's, as the message that asked for it was found to be.

/**
 * Stopped rollouts of a control are forgotten, so that the next fix begins one; the hosts that they have held up are
 * asked for again, by what asked for them first.
 */
export const restarted = async (
  { control }: Extract<Delivered, { ask: 'restart' }>,
  { remediation, queues, clock }: RemediationRuntime,
): Promise<void> => {
  const { hardening, ledger } = remediation;
  if (!hardening) return;
  const all = await hardening.rollouts.all();
  const stopped = all.filter(({ rollout }) => rollout.control === control && rollout.stopped);
  const held = await heldUp(
    control,
    stopped.map(({ rollout }) => rollout),
    ledger,
    clock(),
  );
  for (const one of stopped) await hardening.rollouts.forget(one);
  if (held.length > 0) await queues.ask(held.map(askedAgain));
};
