import { countHosts } from '../../../aws/stores/host-inventory.ts';
import { homeOf } from '../../../engine/changes/place.ts';
import { settlesAfter } from '../../evaluate/evaluate-resource.ts';
import type { Outcome } from '../../runtime/batch.ts';
import { hostInstance } from '../host-instance.ts';
import type { Hosts } from '../hosts.ts';
import { nodeOf } from '../node.ts';
import type { AuditStep } from '../ports.ts';
import { sendAudits } from './send-audits.ts';

/** How long a started host is waited for, and how often it is looked at. */
const mostWaitSeconds = 15 * 60;
const lookSeconds = 60;
const mostDelaySeconds = 900;
/** SSM lists 50 hosts a page at most: half a million. */
const mostPages = 10_000;
/** What people ask for begins at most so often: whoever asks without end is not to keep hosts busy. */
const leastMs = 60_000;

type Page = Extract<AuditStep, { audit: 'all' }>;
const earlyMs = 5 * 60_000;

/** A host that has not answered since then, for two schedules and an hour for the answer to come, is silent. */
export const silentBefore = (now: Date, everyHours: number): string =>
  new Date(now.getTime() - (2 * everyHours + 1) * 3_600_000).toISOString();

const tellSilent = async ({ runtime, settings, inventory, tell }: Hosts): Promise<void> => {
  const since = silentBefore(runtime.clock(), settings.everyHours);
  for await (const { id, answeredAt } of inventory.hosts())
    if (answeredAt < since) await tell({ type: 'silent', host: id, since: answeredAt });
};

/** How many there are, for the limit of actions in an hour. */
const notePopulation = async ({ runtime, inventory }: Hosts): Promise<void> =>
  runtime.posture.notePopulation(hostInstance.type, await countHosts(inventory));

/** Has the next page of hosts audited, unless that would never end. */
const goOn = async (
  { token: last, page = 1 }: Page,
  token: string,
  { runtime, audit }: Hosts,
): Promise<void> => {
  if (page < mostPages && token !== last) return audit({ audit: 'all', token, page: page + 1 });
  const why = `page ${page} leads to no end: the hosts after it are not audited`;
  runtime.endChain({ chain: 'audit', of: hostInstance.type, why });
};

const auditPage = async (step: Page, hosts: Hosts): Promise<number> => {
  const { token } = step;
  if (token === undefined) await tellSilent(hosts);
  const { runtime } = hosts;
  const reader = runtime.reader(homeOf(runtime.place));
  const { resources, next } = await hostInstance.live.list.page(reader, token);
  const sent = await sendAudits(
    resources.map(({ id }) => id),
    hosts,
  );
  if (next === undefined) await notePopulation(hosts);
  else await goOn(step, next, hosts);
  return sent;
};

/** No event tells when an agent registers: it is looked for once the host has had the time to boot. */
const auditStarted = async (host: string, since: string, hosts: Hosts): Promise<number> => {
  const { runtime, audit, tell } = hosts;
  const step = { audit: 'started', host, since } as const;
  const boot = settlesAfter(runtime, hostInstance);
  const age = (runtime.clock().getTime() - Date.parse(since)) / 1000;
  if (age < boot) {
    await audit(step, Math.min(Math.ceil(boot - age), mostDelaySeconds));
    return 0;
  }
  const node = await nodeOf(host, await hosts.ssm());
  if (node?.PingStatus === 'Online') return sendAudits([host], hosts);
  if (age < boot + mostWaitSeconds) await audit(step, lookSeconds);
  // What Systems Manager has never heard of is no host of ours, but this one has been heard of before.
  else if (node) await tell({ type: 'silent', host, since });
  return 0;
};

/** Every host once a schedule, the first time as soon as the stack stands. */
const auditDue = async ({ runtime, settings, inventory, audit }: Hosts): Promise<number> => {
  const now = runtime.clock();
  // The clock ticks a little early at times, and would then be a whole tick late.
  const since = new Date(now.getTime() - settings.everyHours * 3_600_000 + earlyMs);
  if (await inventory.claimAudit(now.toISOString(), since.toISOString()))
    await audit({ audit: 'all' });
  return 0;
};

/** Every host, by a person's word. That it began is said before anything is sent: what answers later is of this ask. */
const auditAsked = async (id: string, hosts: Hosts): Promise<number> => {
  const { runtime, asks } = hosts;
  const now = runtime.clock();
  const takenAt = now.toISOString();
  // What comes once more, since it failed, has begun already.
  const before = await asks.became(id);
  const isBegun = before !== undefined && 'takenAt' in before;
  const since = new Date(now.getTime() - leastMs).toISOString();
  if (!isBegun && !(await asks.claim(takenAt, since))) {
    await asks.note(id, { isTooSoon: true }, now);
    return 0;
  }
  await asks.note(id, { takenAt }, now);
  return auditPage({ audit: 'all' }, hosts);
};

const take = (step: AuditStep, hosts: Hosts): Promise<number> => {
  if (step.audit === 'asked') return auditAsked(step.id, hosts);
  if (step.audit === 'due') return auditDue(hosts);
  if (step.audit === 'all') return auditPage(step, hosts);
  if (step.audit === 'again') return sendAudits([step.host], hosts, step.areas);
  return auditStarted(step.host, step.since, hosts);
};

/** Takes each step; one that fails is none of the others' business. */
export const auditHosts = async (
  steps: readonly AuditStep[],
  hosts: Hosts,
): Promise<readonly Outcome[]> => {
  const taken = await Promise.allSettled(steps.map((step) => take(step, hosts)));
  return taken.map((one) =>
    one.status === 'fulfilled' ? { done: one.value } : { failure: one.reason },
  );
};
