import { isNotEntered } from '../../aws/entry.ts';
import { attempted } from '../../aws/errors.ts';
import { sweptNow, withSweeps } from '../../engine/baseline/next-roster.ts';
import { isChosen, type Roster } from '../../engine/baseline/organization.ts';
import { lookAtEntry } from '../runtime/away.ts';
import type { Runtime } from '../runtime/runtime.ts';

/** So often the accounts are listed by the clock. */
const listedSeconds = 3600;
/** Events of an organization come several at once: one listing shows them all. */
const eventSeconds = 30;
/** So much later an account that lets us not in yet is tried again. */
const enteredAgainMs = 3_600_000;

/** For so long whoever evaluates may still know an account as it was. */
const knownElsewhereSeconds = 90;

const endedOf = (roster: Roster | undefined): ReadonlySet<string> =>
  new Set((roster?.accounts ?? []).flatMap(({ id, endedAt }) => (endedAt ? id : [])));

/** Lists the accounts of the organization, unless somebody did in the seconds before; whether it did. */
export const listAnew = async (runtime: Runtime, seconds: number): Promise<boolean> => {
  const { governing, clock } = runtime;
  if (!governing) return false;
  const now = clock();
  const since = new Date(now.getTime() - seconds * 1000);
  if (!(await governing.roster.claim(now.toISOString(), since.toISOString()))) return false;
  const before = endedOf(await governing.roster.read());
  for (const id of endedOf(await governing.list()))
    if (!before.has(id)) await lookAtEntry(id, runtime, knownElsewhereSeconds);
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
  const now = clock();
  const since = new Date(now.getTime() - eventSeconds * 1000);
  if (await governing.roster.claimLater(now.toISOString(), since.toISOString()))
    await queues.sweepRoster(eventSeconds);
  return 0;
};

/** The runtime with what is governed now; the accounts are listed anew every hour. What was listed before counts where that fails. */
export const governedNow = async (runtime: Runtime): Promise<Runtime> => {
  const { governing } = runtime;
  if (!governing) return runtime;
  const listed = await attempted(() => listAnew(runtime, listedSeconds));
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

/**
 * Accounts that came into the organization a quarter of an hour ago, and that Plumbline can enter now. One that lets us not in
 * yet is told of, and tried again in an hour: what has to stand there is not deployed, or failed to be.
 */
export const accountsToSweep = async (runtime: Runtime): Promise<readonly string[]> => {
  const { governing, baseline, place, clock } = runtime;
  const { organization } = baseline;
  const roster = await governing?.roster.read();
  if (!governing || !organization || !roster) return [];
  const due = sweptNow(roster.accounts, clock()).filter(
    (one) => one.id !== place.account && isChosen(one, organization),
  );
  if (due.length === 0) return [];
  const later = new Date(clock().getTime() + enteredAgainMs).toISOString();
  const sweeps = new Map<string, string | undefined>();
  for (const { id } of due) {
    const isIn = await isLetIn(id, runtime);
    if (!isIn) await lookAtEntry(id, runtime);
    sweeps.set(id, isIn ? undefined : later);
  }
  // Listed anew meanwhile: they are still due then.
  if (!(await governing.roster.write(withSweeps(roster, sweeps), roster))) return [];
  return [...sweeps].flatMap(([id, again]) => (again === undefined ? id : []));
};
