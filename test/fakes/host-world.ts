import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { SecurityHub } from '@aws-sdk/client-securityhub';
import type { SendCommandRequest, SSM } from '@aws-sdk/client-ssm';
import { jest } from '@jest/globals';
import { createReader } from '../../lib/aws/reader.ts';
import type { Baseline } from '../../lib/engine/baseline/baseline.ts';
import type { HostSettings } from '../../lib/engine/baseline/baseline-hosts.ts';
import { keyOf } from '../../lib/engine/changes/change.ts';
import type { HostMessage } from '../../lib/engine/changes/host-message.ts';
import type { Place } from '../../lib/engine/changes/place.ts';
import type { BusEvent } from '../../lib/local/events/event-bus.ts';
import type { HostRunOptions } from '../../lib/local/hosts/booted-host.ts';
import { Fleet } from '../../lib/local/hosts/fleet.ts';
import type { Command } from '../../lib/local/hosts/ssm-commands.ts';
import { type ComplianceItems, listItems } from '../../lib/local/hosts/ssm-compliance.ts';
import type { Sdk } from '../../lib/model/control.ts';
import type { Where } from '../../lib/model/resource-type.ts';
import { parseHostMessage } from '../../lib/pipeline/hosts/audit/host-message.ts';
import { parametersOf, withHosts } from '../../lib/pipeline/hosts/create-hosts.ts';
import type { Hosts } from '../../lib/pipeline/hosts/hosts.ts';
import type { AuditStep } from '../../lib/pipeline/hosts/ports.ts';
import { hostResults } from '../../lib/pipeline/hosts/results/host-results.ts';
import type { Remediation } from '../../lib/pipeline/runtime/runtime.ts';
import { regionId } from '../../lib/resources/account/own-names.ts';
import { account, createWorld, region, start } from './fake-resource.ts';
import { provenanceOf } from './heard.ts';
import {
  changeContents,
  compliant,
  contentOf,
  documents,
  instanceArn,
  nameOf,
  type Prints,
  rows,
} from './host-world-catalogue.ts';
import { localSsm } from './host-world-ssm.ts';
import { memoryAuditRequests } from './memory-audit-requests.ts';
import { memoryInventory } from './memory-inventory.ts';

// Auditing hosts in one process: the local Systems Manager, a fleet whose hosts print what a test wants, the strict
// Security Hub, and a clock that a test turns.

const observed = { mode: 'observe', backlog: false, risk: 'safe', parameters: {} } as const;
const usual: HostSettings = {
  areas: ['ssh', 'kernel'],
  everyHours: 12,
  maxConcurrency: '25%',
  maxErrors: '50%',
  canary: '10%',
  canaryMinutes: 30,
};
/** Timers run; only the date stands still until a test turns it. */
const timers = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;

interface ImportedElsewhere {
  readonly Id: string;
  readonly AwsAccountId: string;
}
export interface HostWorldOptions {
  /** What the baseline says otherwise of controls. */
  readonly controls?: Baseline['controls'];
  readonly settings?: Partial<HostSettings>;
  readonly limits?: Partial<Baseline['remediation']>;
  /** What documents that change hosts have a host print. */
  readonly changes?: (document: string, host: string, run: HostRunOptions) => string;
  readonly remediation?: (ssm: (where: Where) => SSM) => Remediation;
  /** What is governed beside the home region of one account. */
  readonly place?: Partial<Pick<Place, 'members' | 'regions' | 'remediated'>>;
}

export const createHostWorld = async (options: HostWorldOptions = {}) => {
  jest.useFakeTimers({ now: start, doNotFake: [...timers] });
  const world = createWorld();
  const path = await mkdtemp(join(tmpdir(), 'plumbline-host-world-'));
  await mkdir(join(path, 'usr/lib'), { recursive: true });
  await writeFile(join(path, 'usr/lib/os-release'), 'NAME="Debian GNU/Linux"\nVERSION_ID="12"\n');
  const fleet = new Fleet();
  const commands = new Map<string, Command>();
  const compliance: ComplianceItems = new Map();
  const events: { readonly where: Where; readonly event: BusEvent }[] = [];
  const runs: Promise<void>[] = [];
  const sent: SendCommandRequest[] = [];
  const audits: { step: AuditStep; delaySeconds: number | undefined }[] = [];
  const told: HostMessage[] = [];
  const states = new Map<string, string>();
  const tags = new Map<string, string>();
  const contents = new Map<string, object>([
    ...['ssh', 'kernel'].map((area) => [nameOf(area), contentOf(area)] as const),
    ...changeContents,
  ]);
  let beforeSend = (_: SendCommandRequest): void => {};
  let beforePut: () => Promise<unknown> = async () => {};
  const clock = () => new Date();
  let beforeSsm = (_: Where): void => {};
  const home = { account, region };
  const isHome = (where: Where) => regionId(where) === regionId(home);
  const ssmOf = new Map<string, SSM>();
  /** Systems Manager of each region of each account. */
  const ssmAt = (where: Where): SSM => {
    const known =
      ssmOf.get(regionId(where)) ??
      localSsm({
        where,
        fleet: fleet.at(isHome(where) ? undefined : where),
        commands,
        compliance,
        contents,
        bus: { emit: async (_: string, event: BusEvent) => void events.push({ where, event }) },
        onSend: (request) => beforeSend(request),
        onSent: (request) => sent.push(request),
        onPut: () => {
          const hook = beforePut;
          beforePut = async () => {};
          return hook();
        },
        onRun: (run) => runs.push(run),
      });
    ssmOf.set(regionId(where), known);
    return known;
  };
  const ec2 = {
    describeInstances: async ({ InstanceIds: [id = ''] }: { InstanceIds: string[] }) => {
      const state = states.get(id);
      if (state === undefined)
        throw Object.assign(new Error(id), { name: 'InvalidInstanceID.NotFound' });
      const Tags = [...tags].map(([Key, Value]) => ({ Key, Value }));
      return { Reservations: [{ Instances: [{ InstanceId: id, State: { Name: state }, Tags }] }] };
    },
  } as unknown as EC2;
  const clientsAt = (where: Where) => ({ ec2, ssm: ssmAt(where) });
  const controls = {
    ...Object.fromEntries(rows.map(({ id }) => [id, observed])),
    ...options.controls,
  };
  const settings: HostSettings = { ...usual, ...options.settings };
  const limits = { ...world.runtime.baseline.remediation, ...options.limits };
  const baseline = { ...world.runtime.baseline, hosts: settings, remediation: limits, controls };
  const remediation = options.remediation?.(ssmAt);
  const imported: (ImportedElsewhere & { readonly where: Where })[] = [];
  /** Takes what is of its place, and keeps no finding that could be looked for. */
  const hubElsewhere = (where: Where) =>
    ({
      batchImportFindings: async ({ Findings }: { Findings: readonly ImportedElsewhere[] }) => {
        imported.push(...Findings.map(({ Id, AwsAccountId }) => ({ where, Id, AwsAccountId })));
        return { FailedCount: 0, FailedFindings: [] };
      },
      batchUpdateFindings: async () => ({ UnprocessedFindings: [] }),
      getFindings: async () => ({ Findings: [] }),
    }) as unknown as SecurityHub;
  const runtime = withHosts(
    {
      ...world.runtime,
      ...(remediation && { remediation }),
      baseline,
      controlsOf: async () => [],
      clock,
      place: { ...world.runtime.place, ...options.place },
      hub: async (where, use) =>
        isHome(where) ? world.runtime.hub(where, use) : hubElsewhere(where),
      reader: (where) =>
        createReader({
          ...where,
          clock,
          clients: async (service) => {
            beforeSsm(where);
            const clients = clientsAt(where);
            return clients[service as keyof typeof clients] as Sdk[typeof service];
          },
        }),
    },
    rows,
  );
  const hosts: Hosts = {
    runtime,
    settings,
    documents,
    controls: rows,
    parametersFor: (areas) =>
      parametersOf(
        rows,
        {
          ...baseline,
          controls: { ...controls, 'PL.SSH.6': { ...observed, parameters: { max: 3 } } },
        },
        areas,
      ),
    inventory: memoryInventory(),
    asks: memoryAuditRequests(),
    ssm: async (where) => {
      beforeSsm(where);
      return ssmAt(where);
    },
    audit: async (step, delaySeconds) => void audits.push({ step, delaySeconds }),
    tell: async (message) => void told.push(message),
  };
  const keyed = (id: string, where: Where = home) =>
    keyOf({ type: 'Host::EC2::Instance', ref: { ...where, id } });
  /** What SSM has told since it was last asked, as the queue of results gets it. */
  const heard = async (): Promise<HostMessage[]> => {
    await Promise.all(runs.splice(0));
    return events.splice(0).flatMap(({ where, event: { Source, Detail } }) => {
      const event = { version: '0', source: Source, ...where, detail: JSON.parse(Detail) };
      return parseHostMessage(event, runtime.place, provenanceOf(event, runtime.clock())).items;
    });
  };
  return {
    hosts,
    fleet,
    sent,
    audits,
    told,
    asks: world.asks,
    /** Failures that nothing was done about. */
    overdue: world.overdue,
    /** Looks at the hosts whose rows are due, as the sweep has it done. */
    lookAtDue: async () => {
      const keys = await runtime.posture.due(clock().toISOString(), 100);
      const messages = keys.map(
        (key) => ({ type: 'review', host: key.split('#').at(-1) ?? '' }) as const,
      );
      return hostResults(messages, hosts);
    },
    states,
    /** Of every instance. */
    tags,
    contents,
    heard,
    /** Takes what SSM has told. */
    listen: async () => hostResults(await heard(), hosts),
    rowOf: (id: string, where?: Where) => world.rows.get(keyed(id, where)),
    /** Findings of other places than the home region. */
    imported,
    /** What is known of each region, by account and region. */
    notes: world.notes,
    /** Changes that were asked for. */
    settles: world.settles,
    findingOf: (id: string, control: string) =>
      world.store.findings.find(({ Id }) => Id?.endsWith(`/${control}/${instanceArn(id)}`)),
    complianceOf: (id: string): readonly string[] =>
      listItems(compliance, { ResourceIds: [id] }).ComplianceItems.map(
        ({ Id, Status }) => `${Id} ${Status}`,
      ),
    /** A host that prints this; it counts as running until `stop`. */
    add(instanceId: string, prints: Prints = compliant, where?: Where) {
      let isRunning = true;
      states.set(instanceId, 'running');
      const host = {
        instanceId,
        path,
        isRunning: () => isRunning,
        run: async (script: string, run: HostRunOptions) => {
          const document = script.trim();
          const said = changeContents.has(document)
            ? (options.changes?.(document, instanceId, run) ?? '')
            : prints(run.environment?.['SSM_Areas'] ?? '');
          const told =
            typeof said === 'string' ? { stdout: said, exitCode: 0 } : { stdout: '', ...said };
          return { ...told, stderr: '', timedOut: false };
        },
      };
      fleet.register(host, undefined, where);
      return { setRunning: (value: boolean) => (isRunning = value) };
    },
    onSend: (hook: typeof beforeSend) => {
      beforeSend = hook;
    },
    /** Before Systems Manager, or EC2, of a place is asked anything; what it throws is the answer. */
    onAsk: (hook: typeof beforeSsm) => {
      beforeSsm = hook;
    },
    /** Before the next PutComplianceItems. */
    onPut: (hook: typeof beforePut) => {
      beforePut = hook;
    },
    later(milliseconds: number) {
      jest.setSystemTime(Date.now() + milliseconds);
      world.at(Date.now() - start);
    },
    now: clock,
    remove: async () => {
      jest.useRealTimers();
      await rm(path, { recursive: true });
    },
  };
};
export type HostWorld = Awaited<ReturnType<typeof createHostWorld>>;
