import type { Block, Wait } from '../../../engine/remediation/action.ts';
import type { Delivered } from '../../../engine/remediation/delivery.ts';
import type { FixRequest } from '../../../engine/remediation/request.ts';
import { reserve, slotOf, whyRefused } from '../../remediate/block.ts';
import { canWait, secondsUntil } from '../../remediate/wait.ts';
import type { RemediationRuntime } from '../../runtime/runtime.ts';
import { endTurn, takeTurn } from '../harden/change-host.ts';
import { admit, type Fixing } from './admit.ts';

/** After which another action may be through with a host. */
const turnSeconds = 60;

export interface Through {
  /** Others wait for what it achieves. */
  readonly isCanary: boolean;
}

/** Only what nobody asked for waits for those that go first; a person's word is for this host. */
const admitted = async (
  fixing: Fixing,
  runtime: RemediationRuntime,
): Promise<Through | Block | Wait> => {
  const answer = await admit(fixing, runtime);
  if ('goes' in answer) return { isCanary: answer.goes === 'canary' };
  if ('waits' in answer) {
    const { waits: why, seconds, isPaced } = answer;
    return { guard: 'rollout', why, seconds, ...(isPaced ? { isPaced } : {}) };
  }
  const { host, why } = answer.stopped;
  return { guard: 'rollout', why: `it was stopped by what ${host} showed: ${why}` };
};

/** The limit of an hour paces what comes by itself: the rest would else trip the breaker each time. */
const paced = async (
  { action }: Fixing,
  runtime: RemediationRuntime,
): Promise<Wait | undefined> => {
  for (const control of action.controls) {
    const refusal = await slotOf(control, action, runtime);
    if (!refusal) continue;
    const why = whyRefused(control, refusal);
    const seconds = secondsUntil(refusal.until, runtime.clock());
    return { guard: 'breaker', why, seconds, isPaced: true };
  }
  return undefined;
};

type Answer = Through | Block | Wait;

const byItself = async (fixing: Fixing, runtime: RemediationRuntime): Promise<Answer> => {
  const answer = await admitted(fixing, runtime);
  return 'guard' in answer ? answer : ((await paced(fixing, runtime)) ?? answer);
};
const byWord = async ({ action }: Fixing, runtime: RemediationRuntime): Promise<Answer> =>
  (await reserve(action, action.controls, runtime)) ?? { isCanary: false };

/** The last things that can stand against changing a host. The turn that was taken is given back with a refusal. */
export const admission = async (
  ask: FixRequest & Delivered,
  fixing: Fixing,
  runtime: RemediationRuntime,
): Promise<Answer> => {
  const { action } = fixing;
  const isPatient = canWait(ask);
  if (!(await takeTurn(action, ask.delivery, runtime))) {
    const why = 'another action changes this host';
    if (isPatient) return { guard: 'turn', why, seconds: turnSeconds };
    return { guard: 'turn', why: `${why}; ask again once it is over` };
  }
  const through = isPatient ? byItself : byWord;
  const answer = await through(fixing, runtime);
  if ('guard' in answer) await endTurn(action, runtime);
  return answer;
};
