import { isNotEntered } from '../../aws/entry.ts';
import { attempted } from '../../aws/errors.ts';
import type { RosterStore } from '../../aws/stores/roster.ts';
import { sweptNow, withSweeps } from '../../engine/baseline/next-roster.ts';
import { isChosen, type Roster } from '../../engine/baseline/organization.ts';
import { lookAtEntry } from '../runtime/away.ts';
import type { Runtime } from '../runtime/runtime.ts';

/** A listing counts until the tick an hour later. */
const listedMs = 3_300_000;
/** A listing by the clock that was not done is begun again after that. */
const begunSeconds = 300;
/** Events of an organization come several at once: one listing shows them all. */
const eventSeconds = 30;
/** So much later an account that lets us not in yet is tried again. */
const enteredAgainMs = 3_600_000;
/** So much later one of which a call failed. */
const failedAgainMs = 900_000;
/** First sweeps of one tick: at most so many, some at once, for at most so long. The next tick goes on. */
const mostSwept = 100;
const atOnce = 10;
const sweepingMs = 60_000;

/** For so long whoever evaluates may still know an account as it was. */
const knownElsewhereSeconds = 90;

/** Claims what nobody else has in the seconds before. */
const claimed = (claim: RosterStore['claim'], seconds: number, now: Date): Promise<boolean> =>
  claim(now.toISOString(), new Date(now.getTime() - seconds * 1000).toISOString());

/** Lists the accounts of the organization, unless somebody did in the seconds before; whether it did. */
export const listAnew = async (runtime: Runtime, seconds: number): Promise<boolean> => {
  const { governing, clock } = runtime;
  if (!governing) return false;
  if (!(await claimed(governing.roster.claim, seconds, clock()))) return false;
  for (const id of await governing.list()) await lookAtEntry(id, runtime, knownElsewhereSeconds);
  return true;
};

/**
 * Lists the accounts once an event says that one came, moved or went; how often it did. Where they were listed just before,
 * which may have been too early for it, they are once more when that is past: one message is sent for all events until then.
 */
export const listAfterEvent = async (runtime: Runtime): Promise<number> => {
  const { governing, clock, queues } = runtime;
  if (!governing) return 0;
  if (await listAnew(runtime, eventSeconds)) return 1;
  if (await claimed(governing.roster.claimLater, eventSeconds, clock()))
    await queues.sweepRoster(eventSeconds);
  return 0;
};

const isListedLately = async ({ governing, clock }: Runtime): Promise<boolean> => {
  const { listedAt = '' } = (await governing?.roster.read()) ?? {};
  const age = clock().getTime() - Date.parse(listedAt);
  return age >= 0 && age < listedMs;
};

/** The runtime with what is governed now; the accounts are listed anew every hour. What was listed before counts where that fails. */
export const governedNow = async (runtime: Runtime): Promise<Runtime> => {
  const { governing } = runtime;
  if (!governing) return runtime;
  const listed = await attempted(async () => {
    if (await isListedLately(runtime)) return;
    await listAnew(runtime, begunSeconds);
  });
  if ('failure' in listed)
    runtime.endChain({ chain: 'sweep', of: 'the organization', why: String(listed.failure) });
  return { ...runtime, ...(await governing.now()) };
};

/** Whether Plumbline can enter an account; what fails otherwise is thrown. */
const isLetIn = async (account: string, { reader, place }: Runtime): Promise<boolean> => {
  const there = reader({ account, region: place.homeRegion });
  const asked = await attempted(() => there.call('sts', 'getCallerIdentity', {}));
  if ('value' in asked) return true;
  if (isNotEntered(asked.failure)) return false;
  throw asked.failure;
};

/** The accounts whose first sweep is due, those that wait longest first. */
const dueIn = (roster: Roster, { baseline, place, clock }: Runtime): readonly string[] => {
  const { organization } = baseline;
  if (!organization) return [];
  return sweptNow(roster.accounts, clock())
    .filter((one) => one.id !== place.account && isChosen(one, organization))
    .toSorted((a, b) => Date.parse(a.sweepAt ?? '') - Date.parse(b.sweepAt ?? ''))
    .map(({ id }) => id);
};

type Begin = (account: string) => Promise<unknown>;

interface Tried {
  readonly id: string;
  /** When it is tried again; undefined where its sweep is sent. */
  readonly again: string | undefined;
  readonly failure?: string;
}

/** Sweeps an account, if it lets us in. Never throws. */
const trySweep = async (id: string, runtime: Runtime, begin: Begin): Promise<Tried> => {
  const inMs = (ms: number) => new Date(runtime.clock().getTime() + ms).toISOString();
  const tried = await attempted(async () => {
    const isIn = await isLetIn(id, runtime);
    await (isIn ? begin(id) : lookAtEntry(id, runtime));
    return isIn;
  });
  if ('failure' in tried) return { id, again: inMs(failedAgainMs), failure: String(tried.failure) };
  return { id, again: tried.value ? undefined : inMs(enteredAgainMs) };
};

/**
 * Sweeps accounts that came into the organization a quarter of an hour ago, and that Plumbline can enter now: some at
 * once, and as many as a tick has time for. One that lets us not in yet is told of, and tried again in an hour: what has
 * to stand there is not deployed, or failed to be. One of which a call fails holds up no other.
 * @param begin sends the sweep of an account; it is noted afterwards
 * @returns the accounts that are swept
 */
export const sweepNewAccounts = async (
  runtime: Runtime,
  begin: Begin,
): Promise<readonly string[]> => {
  const { governing, clock } = runtime;
  const roster = await governing?.roster.read();
  if (!governing || !roster) return [];
  const due = dueIn(roster, runtime).slice(0, mostSwept);
  const until = clock().getTime() + sweepingMs;
  const swept: string[] = [];
  const failed: string[] = [];
  let kept = roster;
  for (let from = 0; from < due.length && clock().getTime() < until; from += atOnce) {
    const group = due.slice(from, from + atOnce);
    const tried = await Promise.all(group.map((id) => trySweep(id, runtime, begin)));
    for (const { id, again, failure } of tried) {
      if (failure !== undefined) failed.push(`${id}: ${failure}`);
      else if (again === undefined) swept.push(id);
    }
    const sweeps = new Map(tried.map(({ id, again }) => [id, again]));
    const next = withSweeps(kept, sweeps);
    // Listed anew meanwhile: they are still due then, and swept twice.
    if (!(await governing.roster.write(next, kept))) break;
    kept = next;
  }
  const [first] = failed;
  if (first !== undefined)
    runtime.endChain({
      chain: 'sweep',
      of: `first sweeps of ${failed.length} accounts`,
      why: first,
    });
  return swept;
};
