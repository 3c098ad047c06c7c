import { randomUUID } from 'node:crypto';
import type { Baseline, Enabled } from '../../lib/engine/baseline/baseline.ts';
import { type HostMessage, sayWhere } from '../../lib/engine/changes/host-message.ts';
import { type Action, actionId } from '../../lib/engine/remediation/action.ts';
import type { Delivered } from '../../lib/engine/remediation/delivery.ts';
import { isRequest, type RemediationRequest } from '../../lib/engine/remediation/request.ts';
import type { Ref, Where } from '../../lib/model/resource-type.ts';
import { auditHosts } from '../../lib/pipeline/hosts/audit/audit-hosts.ts';
import { parseHostMessage } from '../../lib/pipeline/hosts/audit/host-message.ts';
import type { AuditStep } from '../../lib/pipeline/hosts/ports.ts';
import { hostResults } from '../../lib/pipeline/hosts/results/host-results.ts';
import { remediate } from '../../lib/pipeline/remediate/remediate.ts';
import { account, region } from './fake-resource.ts';
import { provenanceOf } from './heard.ts';
import { createHostWorld, type HostWorld, type HostWorldOptions } from './host-world.ts';
import {
  changeContents,
  changeDocuments,
  changed,
  contentHash,
  failing,
  hardening,
  rows,
} from './host-world-catalogue.ts';
import { memoryRemediation } from './memory-remediation.ts';
import { memoryRollouts } from './memory-rollouts.ts';

const plan: Enabled = { mode: 'plan', backlog: false, risk: 'safe', parameters: {} };
export const type = 'Host::EC2::Instance';
/** What a host does with a document, in place of what an honest one does. */
type Lie = (document: string, honest: string, host: string) => string;

export interface FleetOptions extends Pick<HostWorldOptions, 'settings' | 'limits' | 'place'> {
  readonly hosts?: readonly string[];
  /** What fails on each of them at first. */
  readonly wrong?: readonly string[];
  /** Where they are. @default - in the home region of the hub */
  readonly where?: Where;
  /** Whether the fixes were tried on what they run. @default true */
  readonly isTried?: boolean;
}

/** For each test hosts, `i-1` alone unless said, that change themselves as the documents would have it. */
export const givenHardening = (
  controls: Baseline['controls'] = { 'PL.SSH.1': plan },
  {
    hosts = ['i-1'],
    wrong = ['PL.SSH.1', 'PL.NET.1'],
    isTried = true,
    where = { account, region },
    ...options
  }: FleetOptions = {},
) => {
  let world: HostWorld;
  let memory: ReturnType<typeof memoryRemediation>;
  const failures = new Map<string, Set<string>>();
  const pending = new Map<string, string>();
  const runs = new Map<string, ReturnType<HostWorld['add']>>();
  const redeployed = new Map<string, { readonly content: string }>();
  let lie: Lie;
  const said = sayWhere(where, { account, homeRegion: region });
  const refOf = (id: string) => ({ ...where, id });
  let isDeaf: boolean;
  /** Asks that the queue brings again. */
  const failed: Delivered[] = [];
  let later: { at: number; message?: HostMessage; step?: AuditStep }[];

  const breaks = (host: string, ...ids: readonly string[]) =>
    failures.set(host, new Set([...(failures.get(host) ?? []), ...ids]));
  const honest = (document: string, host: string, id: string, own: string): string => {
    const waits = pending.get(host);
    if (document === hardening) {
      if (waits) return changed(document, { id: own, outcome: 'refused', reason: 'pending' });
      pending.set(host, own);
      failures.get(host)?.delete('PL.SSH.1');
      const results = [{ id: 'PL.SSH.1', o: 'changed', before: 'yes', after: 'no' }];
      return changed(document, { id: own, outcome: 'applied', reason: '', deadline: 300 }, results);
    }
    if (document === 'Plumbline-RollbackHost') {
      breaks(host, 'PL.SSH.1');
      return changed(document, { id, outcome: 'reverted', reason: 'document' });
    }
    const outcome = waits === id ? 'confirmed' : 'unknown';
    pending.delete(host);
    return changed(document, { id, outcome, reason: '' });
  };
  const audit = () => auditHosts([{ audit: 'all', ...said }], world.hosts);
  const doNow = async (): Promise<boolean> => {
    world.later(1000);
    const now = Date.now();
    const due = later.filter(({ at }) => at <= now);
    later = later.filter(({ at }) => at > now);
    const fresh = world.asks
      .splice(0)
      .map((ask): Delivered => ({ ...ask, delivery: { message: randomUUID(), receive: 1 } }));
    const asks = [...failed.splice(0), ...fresh];
    const heard = await world.heard();
    const message = [...(isDeaf ? [] : heard), ...due.flatMap((one) => one.message ?? [])];
    await hostResults(message, world.hosts);
    expect(asks.filter((one) => !isRequest(one))).toEqual([]);
    for (const [index, outcome] of (await remediate(asks, world.hosts.runtime)).entries()) {
      const { delivery, ...ask } = asks[index] ?? {};
      if ('failure' in outcome && delivery)
        failed.push({
          ...(ask as RemediationRequest),
          delivery: { ...delivery, receive: delivery.receive + 1 },
        });
    }
    await auditHosts(
      due.flatMap((one) => one.step ?? []),
      world.hosts,
    );
    return due.length + asks.length + message.length > 0;
  };
  /** Until nothing is to be done at once. */
  const settle = async () => {
    for (let round = 0; round < 30; round += 1) if (!(await doNow())) return;
  };

  beforeEach(async () => {
    pending.clear();
    failures.clear();
    failed.length = 0;
    redeployed.clear();
    later = [];
    isDeaf = false;
    lie = (_, said) => said;
    world = await createHostWorld({
      ...options,
      controls,
      changes: (document, host, { commandId = '', environment = {} }) =>
        lie(document, honest(document, host, environment['SSM_Id'] ?? '', commandId), host),
      remediation: (ssm) => {
        memory = memoryRemediation(ssm);
        const in_ = (seconds = 0) => Date.now() + seconds * 1000;
        return {
          ...memory.remediation,
          hardening: {
            get documents() {
              return changeDocuments.map((one) => ({ ...one, ...redeployed.get(one.name) }));
            },
            get inventory() {
              return world.hosts.inventory;
            },
            ssm: async (there) => ssm(there),
            audit: async (step, seconds) => void later.push({ at: in_(seconds), step }),
            // As the queue of results reads it.
            tell: async (message, seconds) => {
              const body = { version: 1, ...message };
              const { place, clock } = world.hosts.runtime;
              const { items } = parseHostMessage(body, place, provenanceOf(body, clock()));
              expect(items).toEqual([message]);
              later.push({ at: in_(seconds), message });
            },
            rollouts: memoryRollouts(),
            areaOf: (control) => rows.find(({ id }) => id === control)?.area,
          },
        };
      },
    });
    Object.assign(world.hosts.runtime.queues, {
      reviewHost: async ({ id: host }: Ref) =>
        void later.push({ at: Date.now(), message: { type: 'review', host, ...said } }),
    });
    for (const host of hosts) {
      breaks(host, ...wrong);
      const prints = (area: string) => {
        const said = String(failing(...(failures.get(host) ?? []))(area));
        return isTried ? said : said.replace(',"tried":"yes"', '');
      };
      runs.set(host, world.add(host, prints, said.where));
    }
    await audit();
    await settle();
  });
  afterEach(() => world.remove());

  const about = (control: string, attempt: string, host = 'i-1') =>
    ({
      version: 1,
      id: actionId({ type, ref: refOf(host), controls: [control], episodes: [], attempt }),
      type,
      ref: refOf(host),
      askedBy: { kind: 'person', who: 'alice' },
    }) as const;
  return {
    world: () => world,
    memory: () => memory,
    settle,
    /** What is to be done at once, and nothing that follows from it. */
    step: doNow,
    audit: async () => {
      await audit();
      await settle();
    },
    lie: (how: Lie) => {
      lie = how;
    },
    /** What SSM tells is lost. */
    deafen: (value: boolean) => {
      isDeaf = value;
    },
    break: (host = 'i-1', ...ids: readonly string[]) =>
      void breaks(host, ...(ids.length > 0 ? ids : ['PL.SSH.1'])),
    /** Whether its agent is online. */
    setRunning: (host: string, isRunning: boolean) => runs.get(host)?.setRunning(isRunning),
    /** How often what waits was asked for, by host. */
    tries: (host: string) =>
      later.flatMap(({ message }) =>
        message?.type === 'waits' && message.host === host ? message.tries : [],
      ),
    /** Has what waits asked for so often before. */
    tire: (host: string, tries: number) => {
      later = later.map(({ message, ...one }) => ({
        ...one,
        ...(message && {
          message:
            message.type === 'waits' && message.host === host ? { ...message, tries } : message,
        }),
      }));
    },
    /** What waits in the queue is lost. */
    loseWaiting: () => {
      later = later.filter(({ message }) => message?.type !== 'waits');
    },
    /** A later version of Plumbline brings another document that hardens. */
    redeploy: () => {
      const content = { ...changeContents.get(hardening), description: 'a later one' };
      world.contents.set(hardening, content);
      redeployed.set(hardening, { content: contentHash(content) });
    },
    /** Asks for a fix as a person does; its id. */
    ask: (control = 'PL.SSH.1', host = 'i-1') => {
      const asked = about(control, randomUUID(), host);
      world.asks.push({ ...asked, ask: 'remediate', controls: [control] });
      return asked.id;
    },
    /** Asks for a fix as drift does, many at the same time. */
    askAtOnce: async (...hosts: readonly string[]) => {
      const asks = hosts.map((host) => about('PL.SSH.1', 'drift', host));
      const ask = { ask: 'remediate', controls: ['PL.SSH.1'], askedBy: { kind: 'drift' } } as const;
      const { runtime } = world.hosts;
      return Promise.all(asks.map(async (one) => remediate([{ ...one, ...ask }], runtime)));
    },
    /** That a host answered, as host-results says it. */
    answer: (id: string, command = '') =>
      ({ ...about('PL.SSH.1', ''), id, ask: 'answer', command }) as const,
    /** An action as it was written before its first command. */
    begun: (id: string): Action => ({
      ...about('PL.SSH.1', ''),
      id,
      arn: 'i-1',
      controls: [],
      state: 'ACTING',
      driftedBy: [],
      startedAt: new Date().toISOString(),
      calls: [],
    }),
    askUndo: (undoes: string, host = 'i-1') => {
      const asked = about('PL.SSH.1', randomUUID(), host);
      world.asks.push({ ...asked, ask: 'undo', undoes, confirms: undoes });
      return asked.id;
    },
    actionOf: (id: string) => memory.entries.get(id)?.action,
    actions: () => [...memory.entries.values()].map(({ action }) => action),
    /** Hosts that were told to change something, in turn. */
    changed: () =>
      world.sent.flatMap(({ DocumentName, InstanceIds = [] }) =>
        DocumentName === hardening ? InstanceIds : [],
      ),
    /** Lets time pass, minute by minute, and everything be done that is due. */
    pass: async (minutes: number) => {
      for (let minute = 0; minute < minutes; minute += 1) {
        world.later(60_000);
        await settle();
      }
    },
    rollouts: async () =>
      (await world.hosts.runtime.remediation?.hardening?.rollouts.all())?.map(
        ({ rollout }) => rollout,
      ) ?? [],
    sent: () => world.sent.filter(({ Comment }) => Comment !== 'Plumbline audit'),
    names: () =>
      world.sent.flatMap(({ Comment, DocumentName = '' }) =>
        Comment === 'Plumbline audit' ? [] : [DocumentName.replace('Plumbline-', '')],
      ),
  };
};
