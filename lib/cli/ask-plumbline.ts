import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createQueues } from '../aws/queues.ts';
import { actionId } from '../engine/remediation/action.ts';
import type { RemediationRequest } from '../engine/remediation/request.ts';
import type { Ref } from '../model/resource-type.ts';
import { UserError } from '../support/user-error.ts';
import type { Operated } from './operator.ts';
import { progress } from './output/progress.ts';

/** Sends what an operator asks for. The queue of remediations is the only one that takes it from people. */
export const askPlumbline = async (
  asks: readonly RemediationRequest[],
  { clients, remediations }: Pick<Operated, 'clients' | 'remediations' | 'operator'>,
): Promise<void> => {
  const noOther = { changes: '', sweeps: '', pages: '' };
  await createQueues(await clients('sqs'), { ...noOther, remediations }).ask(asks);
};

const pollMilliseconds = 500;
const mostSeconds = 120;

/**
 * Sends what an operator asks for and waits until it is so.
 * @param what it is, for the sentence where it does not come about
 */
export const askUntil = async (
  ask: RemediationRequest,
  what: string,
  isSo: () => Promise<boolean>,
  plumbline: Pick<Operated, 'clients' | 'remediations' | 'operator'>,
): Promise<void> => {
  await askPlumbline([ask], plumbline);
  const line = progress(process.stderr);
  const start = Date.now();
  while (!(await isSo())) {
    const seconds = (Date.now() - start) / 1000;
    if (seconds > mostSeconds) {
      line.clear();
      throw new UserError(
        `${what} was asked for and is not there after ${mostSeconds} s: see the log of the function Remediate`,
      );
    }
    line.show(`${what}: waiting for Plumbline (${seconds.toFixed(0)} s)`);
    await sleep(pollMilliseconds);
  }
  line.clear();
};

/** Who asks, for what, by an id of its own. */
export const askedOf = (type: string, ref: Ref, { operator }: Pick<Operated, 'operator'>) =>
  ({
    version: 1,
    id: actionId({ type, ref, controls: [], episodes: [], attempt: randomUUID() }),
    type,
    ref,
    askedBy: { kind: 'person', who: operator },
  }) as const;

/** The same for what is of no resource: the account in its home region. */
export const askedHere = (plumbline: Pick<Operated, 'operator' | 'stack'>) => {
  const { account, region } = plumbline.stack;
  return askedOf('Plumbline::AccountRegion', { account, region, id: region }, plumbline);
};
