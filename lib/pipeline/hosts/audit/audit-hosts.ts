import { isNotEntered } from '../../../aws/entry.ts';
import { attempted, isBusy, messageOf } from '../../../aws/errors.ts';
import { countHosts } from '../../../aws/stores/host-inventory.ts';
import { whereKey } from '../../../engine/changes/change.ts';
import { type HostAt, sayWhere, whereOf } from '../../../engine/changes/host-message.ts';
import { governedOf, isAway } from '../../../engine/changes/place.ts';
import type { Where } from '../../../model/resource-type.ts';
import { isNotEnabled } from '../../../resources/account/probes.ts';
import { clip } from '../../../support/clip.ts';
import { settlesAfter } from '../../evaluate/evaluate-resource.ts';
import { lookAtEntry } from '../../runtime/away.ts';
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
/** Characters that are kept of why a place refuses. */
const mostWhy = 300;
/** What people ask for begins at most so often: whoever asks without end is not to keep hosts busy. */
const leastMs = 60_000;

type Page = Extract<AuditStep, { audit: 'all' }>;
const earlyMs = 5 * 60_000;

/** A host that has not answered since then, for two schedules and an hour for the answer to come, is silent. */
export const silentBefore = (now: Date, everyHours: number): string =>
  new Date(now.getTime() - (2 * everyHours + 1) * 3_600_000).toISOString();

const tellSilent = async ({ runtime, settings, inventory, tell }: Hosts): Promise<void> => {
  const since = silentBefore(runtime.clock(), settings.everyHours);
  for await (const { id: host, where, answeredAt } of inventory.hosts())
    if (answeredAt < since)
      await tell({ type: 'silent', host, since: answeredAt, ...(where && { where }) });
};

/** How many there are, for the limit of actions in an hour; whoever has hosts in another account raises it for nobody. */
const notePopulation = async ({ runtime, inventory }: Hosts): Promise<void> => {
  const { place, posture } = runtime;
  const own = await countHosts(inventory, (host) => !isAway(whereOf(host, place), place));
  await posture.notePopulation(hostInstance.type, own);
};

/** Has the next page of hosts audited, unless that would never end. */
const goOn = async (
  { token: last, page = 1, where }: Page,
  token: string,
  { runtime, audit }: Hosts,
): Promise<void> => {
  if (page < mostPages && token !== last)
    return audit({ audit: 'all', token, page: page + 1, ...(where && { where }) });
  const why = `page ${page} leads to no end: the hosts after it are not audited`;
  runtime.endChain({ chain: 'audit', of: hostInstance.type, why });
};

/**
 * Regions of accounts, but the home region: each by its own message, so that what fails in one stops no other. A region that
 * refuses everything is not asked: one row says so already.
 */
const otherPlaces = async ({ place, regions }: Hosts['runtime']) => {
  const others = governedOf(place).map((where) => sayWhere(where, place));
  if (others.every(({ where }) => where === undefined)) return [];
  const closed = new Set(
    (await regions.all()).flatMap((note) => (note.closedSince === undefined ? [] : whereKey(note))),
  );
  return others.flatMap(({ where }) => (where && !closed.has(whereKey(where)) ? where : []));
};

/** Has the hosts of everywhere audited but those of the home region. */
const beginElsewhere = async ({ runtime, audit }: Hosts): Promise<void> => {
  const places = await otherPlaces(runtime);
  await Promise.all(places.map((where) => audit({ audit: 'all', where })));
};

const auditPage = async (step: Page, hosts: Hosts): Promise<number> => {
  const { token, where } = step;
  // What is known of hosts is known at home, of all of them.
  if (token === undefined && where === undefined) await tellSilent(hosts);
  const { runtime } = hosts;
  const reader = runtime.reader(whereOf(step, runtime.place));
  const { resources, next } = await hostInstance.live.list.page(reader, token);
  const ids = resources.map(({ id }) => id);
  const sent = await sendAudits(ids, hosts, step);
  if (next !== undefined) await goOn(step, next, hosts);
  else if (where === undefined || sent > 0) await notePopulation(hosts);
  return sent;
};

/** No event tells when an agent registers: it is looked for once the host has had the time to boot. */
const auditStarted = async (
  { host, since, where }: Extract<AuditStep, { audit: 'started' }>,
  hosts: Hosts,
): Promise<number> => {
  const { runtime, audit, tell } = hosts;
  const at: HostAt = { host, ...(where && { where }) };
  const step = { audit: 'started', since, ...at } as const;
  const boot = settlesAfter(runtime, hostInstance);
  const age = (runtime.clock().getTime() - Date.parse(since)) / 1000;
  if (age < boot) {
    await audit(step, Math.min(Math.ceil(boot - age), mostDelaySeconds));
    return 0;
  }
  const node = await nodeOf(host, await hosts.ssm(whereOf(at, runtime.place)));
  if (node?.PingStatus === 'Online') return sendAudits([host], hosts, at);
  const waited = age - boot;
  // Twice as late each time: in an account that starts many, the looks hold up nobody else's audits.
  if (waited < mostWaitSeconds)
    await audit(step, Math.ceil(Math.min(Math.max(lookSeconds, waited), mostWaitSeconds - waited)));
  // What Systems Manager has never heard of is no host of ours, but this one has been heard of before.
  else if (node) await tell({ type: 'silent', since, ...at });
  return 0;
};

/** Every host once a schedule, the first time as soon as the stack stands. */
const auditDue = async (hosts: Hosts): Promise<number> => {
  const { runtime, settings, inventory, audit } = hosts;
  const now = runtime.clock();
  // The clock ticks a little early at times, and would then be a whole tick late.
  const since = new Date(now.getTime() - settings.everyHours * 3_600_000 + earlyMs);
  if (await inventory.claimAudit(now.toISOString(), since.toISOString())) {
    await audit({ audit: 'all' });
    await beginElsewhere(hosts);
  }
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
  await beginElsewhere(hosts);
  return auditPage({ audit: 'all' }, hosts);
};

const take = (step: AuditStep, hosts: Hosts): Promise<number> => {
  if (step.audit === 'asked') return auditAsked(step.id, hosts);
  if (step.audit === 'due') return auditDue(hosts);
  if (step.audit === 'all') return auditPage(step, hosts);
  if (step.audit === 'again') return sendAudits([step.host], hosts, step, step.areas);
  return auditStarted(step, hosts);
};

/** Notes how asking in a place went; what is not noted is noted with the next audit there. */
const noteAsked = async (where: Where, { runtime, inventory }: Hosts, refused?: string) => {
  const askedAt = runtime.clock().toISOString();
  const why = refused === undefined ? {} : { refused: clip(refused, mostWhy) };
  await attempted(() => inventory.notePlace({ ...where, askedAt, ...why }));
};

/**
 * Takes a step. What is refused in another region or account is not tried again: whether Plumbline is let in is evaluated by
 * itself, all else is said, and hosts that were known there are silent in time.
 */
const takeWherever = async (step: AuditStep, hosts: Hosts): Promise<number> => {
  const { runtime } = hosts;
  const { where } = 'where' in step ? step : {};
  const taken = await attempted(() => take(step, hosts));
  if ('value' in taken) {
    if (where !== undefined && step.audit === 'all') await noteAsked(where, hosts);
    return taken.value;
  }
  const { failure } = taken;
  if (where === undefined) throw failure;
  if (isNotEntered(failure)) {
    await noteAsked(where, hosts, messageOf(failure));
    await lookAtEntry(where.account, runtime);
    return 0;
  }
  if (isBusy(failure) && !isNotEnabled(failure)) throw failure;
  await noteAsked(where, hosts, messageOf(failure));
  const why = `hosts in ${where.region} of account ${where.account} cannot be asked: ${messageOf(failure)}`;
  runtime.endChain({ chain: 'audit', of: hostInstance.type, why });
  return 0;
};

/** Takes each step; one that fails is none of the others' business. */
export const auditHosts = async (
  steps: readonly AuditStep[],
  hosts: Hosts,
): Promise<readonly Outcome[]> => {
  const taken = await Promise.allSettled(steps.map((step) => takeWherever(step, hosts)));
  return taken.map((one) =>
    one.status === 'fulfilled' ? { done: one.value } : { failure: one.reason },
  );
};
