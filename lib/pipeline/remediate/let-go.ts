import type { Delivered } from '../../engine/remediation/delivery.ts';
import { letGoNotice } from '../../engine/remediation/notification.ts';
import { switchWord } from '../../resources/account/switch-word.ts';
import { askedAgain, heldUp } from '../hosts/rollout/held-up.ts';
import type { RemediationRuntime } from '../runtime/runtime.ts';
import { askAgain } from './ask-again.ts';
import { evaluateBreakers, evaluateSwitch } from './evaluate-own.ts';
import { breakerWord } from './note-waiting.ts';

// What stops may be anybody's. What lets go again is an operator's, as the message that asked for it was found to be.

type Letting = Extract<Delivered, { ask: 'restart' | 'turnOn' | 'close' }>;
type Asked<A extends Letting['ask']> = Extract<Letting, { ask: A }>;

export const isLetting = (ask: Delivered): ask is Letting =>
  ask.ask === 'restart' || ask.ask === 'turnOn' || ask.ask === 'close';

/** Whose word it is. A request names an operator, or it is not taken. */
const wordOf = ({ askedBy }: Letting, { clock }: RemediationRuntime) => {
  const { who, session } = askedBy.kind === 'person' ? askedBy : {};
  if (who === undefined) throw new Error('nobody is known to have asked for it');
  const at = clock().toISOString();
  return { by: who, at, ...(session === undefined ? {} : { session }) };
};

const turnedOn = async (ask: Asked<'turnOn'>, runtime: RemediationRuntime): Promise<void> => {
  const { remediation } = runtime;
  // A delivery that died may have turned it on already.
  if (await remediation.isOn()) return askAgain(switchWord, runtime);
  const word = wordOf(ask, runtime);
  const isOn = await remediation.turnOn(word);
  // By now its word is in the ledger; the event of the parameter may have been read before.
  await evaluateSwitch(runtime);
  if (!isOn) return;
  const { subject, message } = letGoNotice('remediation is on', word.by);
  await remediation.notify(subject, message);
  await askAgain(switchWord, runtime);
};

const closed = async (ask: Asked<'close'>, runtime: RemediationRuntime): Promise<void> => {
  const { remediation } = runtime;
  const what = breakerWord(ask.control);
  if (await remediation.breaker.close(ask.control)) {
    await remediation.letGo.keep({ what, ...wordOf(ask, runtime) });
    await evaluateBreakers(runtime);
  }
  // Also where a delivery that died has closed it.
  await askAgain(what, runtime);
};

/**
 * Stopped rollouts of a control are forgotten, so that the next fix begins one; the hosts that they have held up are
 * asked for again, by what asked for them first.
 */
const restarted = async (ask: Asked<'restart'>, runtime: RemediationRuntime): Promise<void> => {
  const { remediation, queues, clock } = runtime;
  const { hardening, ledger } = remediation;
  const { control } = ask;
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
  if (stopped.length > 0)
    await remediation.letGo.keep({ what: `rollout ${control}`, ...wordOf(ask, runtime) });
  if (held.length > 0) await queues.ask(held.map(askedAgain));
};

/** Does what an operator lets go again. */
export const letGo = (ask: Letting, runtime: RemediationRuntime): Promise<void> => {
  if (ask.ask === 'turnOn') return turnedOn(ask, runtime);
  return ask.ask === 'close' ? closed(ask, runtime) : restarted(ask, runtime);
};
