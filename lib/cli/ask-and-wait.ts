import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger } from '../aws/stores/ledger.ts';
import { type Action, isConcluded } from '../engine/remediation/action.ts';
import type { RemediationRequest } from '../engine/remediation/request.ts';
import { isOnHost } from '../pipeline/hosts/on-host.ts';
import { resourceTypes } from '../resources/every.ts';
import { printedJson } from '../support/printed-json.ts';
import { UserError } from '../support/user-error.ts';
import { askPlumbline } from './ask-plumbline.ts';
import type { ExitCode } from './command.ts';
import type { Operated } from './operator.ts';
import { outcomeLines } from './output/outcome-text.ts';
import { progress } from './output/progress.ts';

const pollMilliseconds = 500;
/** What queue, function and calls may take beside settling. */
const slackSeconds = 120;

const saying = {
  ACTING: 'the calls are made',
  VERIFYING: 'the calls are made; the verdict comes once AWS has settled',
} as const;
const stateText = (action: Action | undefined): string => {
  if (action?.state === 'VERIFYING' && action.fixedAtFirst) return 'fixed, being confirmed';
  if (action?.state === 'ACTING' || action?.state === 'VERIFYING') return saying[action.state];
  return 'waiting for its turn';
};

/** Seconds to wait as a person says; `undefined` where nobody says. */
export const patienceFor = (wait: string | undefined): number | undefined => {
  if (wait === undefined) return undefined;
  const seconds = Number(wait);
  if (wait.trim() !== '' && Number.isInteger(seconds) && seconds >= 0) return seconds;
  throw new UserError(`--wait is a whole number of seconds, not ${wait}`);
};

/** After which a host has taken back what was not confirmed, and is evaluated. */
const hostSeconds = 420;

/** After this long the outcome should have been said: settling, queue, function and calls. */
const usualSeconds = (type: string): number =>
  (isOnHost({ type }) ? hostSeconds : 0) +
  (resourceTypes.find((each) => each.type === type)?.live.settlesAfterSeconds ?? 0) +
  slackSeconds;

/** The action once its outcome was said, or a guard blocked it; as it then is where that takes too long. */
const awaitOutcome = async (
  id: string,
  ledger: Ledger,
  seconds: number,
): Promise<Action | undefined> => {
  const line = progress(process.stderr);
  const start = Date.now();
  const elapsed = () => (Date.now() - start) / 1000;
  let action: Action | undefined;
  do {
    action = (await ledger.get(id))?.action;
    if (action && (action.state === 'BLOCKED' || isConcluded(action))) break;
    line.show(`${id}: ${stateText(action)} (${elapsed().toFixed(0)} s)`);
    if (elapsed() < seconds) await sleep(pollMilliseconds);
  } while (elapsed() < seconds);
  line.clear();
  return action;
};

/** Asks the deployed Plumbline for an action, waits for its outcome and shows it; 0 where that is VERIFIED. */
export const askAndWait = async (
  ask: RemediationRequest,
  { seconds = usualSeconds(ask.type), isJson }: { seconds: number | undefined; isJson: boolean },
  plumbline: Operated,
): Promise<ExitCode> => {
  await askPlumbline([ask], plumbline);
  const { ledger } = plumbline;
  const action = await awaitOutcome(ask.id, ledger, seconds);
  console.log(
    isJson ? printedJson(action ?? { id: ask.id }) : outcomeLines(action, ask.id).join('\n'),
  );
  return action?.state === 'VERIFIED' ? 0 : 1;
};
