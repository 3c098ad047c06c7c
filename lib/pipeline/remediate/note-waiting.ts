import { switchWord } from '../../resources/account/switch-word.ts';
import type { RemediationRuntime } from '../runtime/runtime.ts';

/** What an operator lets go again by this; `control` is a breaker's. */
export const breakerWord = (control: string): string => `breaker ${control}`;

/** What a guard waits for that an operator can let go again. */
export const wordsOf = (guard: string, controls: readonly string[]): readonly string[] => {
  if (guard === 'killSwitch') return [switchWord];
  return guard === 'breaker' ? controls.map(breakerWord) : [];
};

/** Notes that a row waits for what an operator can let go again. */
export const noteWaiting = async (
  key: string,
  controls: readonly string[],
  guard: string,
  { remediation, clock }: RemediationRuntime,
): Promise<void> => {
  for (const what of wordsOf(guard, controls)) await remediation.waiting.note(what, key, clock());
};
