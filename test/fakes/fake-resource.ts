import type { PutEvaluationsCommandInput } from '@aws-sdk/client-config-service';
import type { SecurityHub } from '@aws-sdk/client-securityhub';
import { createReader } from '../../lib/aws/reader.ts';
import type { RegionNote } from '../../lib/aws/stores/regions.ts';
import type { Baseline } from '../../lib/engine/baseline/baseline.ts';
import type {
  Change,
  EventCause,
  PlaceSweep,
  TypeChange,
} from '../../lib/engine/changes/change.ts';
import { keyOf } from '../../lib/engine/changes/change.ts';
import type { ResourceRow, Transition } from '../../lib/engine/posture/row.ts';
import type { RowForm } from '../../lib/engine/posture/row-form.ts';
import type { RemediationRequest } from '../../lib/engine/remediation/request.ts';
import type { DecodedCall } from '../../lib/local/endpoint/call.ts';
import { CustomActions } from '../../lib/local/security-hub/custom-actions.ts';
import { importFindings } from '../../lib/local/security-hub/security-hub-import.ts';
import { getFindings } from '../../lib/local/security-hub/security-hub-query.ts';
import { SecurityHubStore } from '../../lib/local/security-hub/security-hub-store.ts';
import { updateFindings } from '../../lib/local/security-hub/security-hub-update.ts';
import type { Control, Plan } from '../../lib/model/control.ts';
import { defineControl, fail, pass } from '../../lib/model/control.ts';
import type { AnyResourceType, Ref } from '../../lib/model/resource-type.ts';
import { defineResourceType } from '../../lib/model/resource-type.ts';
import type { WaysIn } from '../../lib/model/ways-in.ts';
import { evaluateChanges } from '../../lib/pipeline/evaluate/evaluate-changes.ts';
import type { EndedChain, Overdue, Runtime } from '../../lib/pipeline/runtime/runtime.ts';
import { typesIn } from '../../lib/pipeline/runtime/types.ts';
import { memoryPosture } from './memory-posture.ts';
import { memoryRegions } from './memory-regions.ts';

// A small world in one process, for what a real one cannot be made to do: choose every interleaving. The table's
// double keeps the contract that posture.test.ts holds the real one to; Security Hub is the strict one.

export const account = '123456789012';
export const region = 'us-east-1';
export const start = Date.parse('2026-06-15T12:00:00Z');

/** A resource of the world: two doors, open or shut. */
export interface Doors {
  front: 'open' | 'shut';
  back: 'open' | 'shut';
}

class Gone extends Error {
  override readonly name = 'DoorNotFound';
}

/** Any call would do: nothing carries it out here. */
const shutting: Plan = {
  kind: 'calls',
  summary: 'shuts the door',
  risk: 'safe',
  calls: [{ service: 's3', operation: 'putPublicAccessBlock', input: { Bucket: 'home' } }],
  undo: { impossible: 'nobody opens a door by machine' },
};

const advice = { advice: 'Shut the door.', url: 'https://example.com/doors' };

export const denied = (): Error => Object.assign(new Error('no'), { name: 'AccessDenied' });

export interface World {
  readonly runtime: Runtime;
  /** The one type that there is. */
  readonly house: AnyResourceType;
  readonly controls: readonly Control[];
  readonly doors: Map<string, Doors>;
  readonly rows: Map<string, ResourceRow>;
  readonly transitions: Transition[];
  readonly store: SecurityHubStore;
  /** Settle changes that were sent, with the time at which they arrive. */
  readonly settles: { change: Change; at: number }[];
  /** What was put on the Sweeps and Pages queues, and answered to AWS Config. */
  readonly swept: Change[];
  readonly asks: RemediationRequest[];
  readonly pages: TypeChange[];
  readonly places: PlaceSweep[];
  /** What is known of each region, by account and region. */
  readonly notes: Map<string, RegionNote>;
  /** Messages that are to come back, and in how many seconds. */
  readonly retries: { receiptHandle: string; seconds: number }[];
  readonly evaluations: PutEvaluationsCommandInput[];
  /** Chains of messages that were ended. */
  readonly ends: EndedChain[];
  /** Failures that nothing was done about for too long. */
  readonly overdue: Overdue[];
  /** Facets read, `id facet`, in order. */
  readonly reads: string[];
  /** What people were told of over the topic: what Security Hub did not take. */
  readonly notices: string[];
  /** Makes the named step fail with this error until it is taken out. */
  readonly faults: Map<string, Error>;
  at(milliseconds: number): void;
  now(): number;
  /** Delivers one batch. */
  deliver(...changes: Change[]): ReturnType<typeof evaluateChanges>;
  /** Delivers every settle that is due, and those that these bring, until there is none. */
  settleAll(): Promise<void>;
  event(
    id: string,
    doors: readonly ('front' | 'back')[],
    at: number,
    more?: Partial<Change>,
  ): Change;
}

export interface WorldOptions {
  readonly baseline?: Partial<Baseline>;
  /** Doors are shut again by themselves. @default false */
  readonly isRemediated?: boolean;
  /** @default 'json' */
  readonly rowForm?: RowForm;
  /** How the internet comes to each house. @default - nobody looks */
  readonly ways?: ReadonlyMap<string, WaysIn>;
}

export const createWorld = (options: WorldOptions = {}): World => {
  let now = start;
  const doors = new Map<string, Doors>();
  const rows = new Map<string, ResourceRow>();
  const transitions: Transition[] = [];
  const settles: { change: Change; at: number }[] = [];
  const reads: string[] = [];
  const swept: Change[] = [];
  const asks: RemediationRequest[] = [];
  const pages: TypeChange[] = [];
  const places: PlaceSweep[] = [];
  const notes = new Map<string, RegionNote>();
  const retries: World['retries'] = [];
  const evaluations: PutEvaluationsCommandInput[] = [];
  const ends: EndedChain[] = [];
  const overdue: Overdue[] = [];
  const notices: string[] = [];
  const faults = new Map<string, Error>();
  const fault = (step: string) => {
    const error = faults.get(step);
    if (error) throw error;
  };
  const look = (id: string, facet: keyof Doors) => {
    reads.push(`${id} ${facet}`);
    fault(`read ${facet}`);
    const found = doors.get(id);
    if (!found) throw new Gone(id);
    return found[facet];
  };
  const house = defineResourceType({
    type: 'Plumbline::House',
    scope: 'regional',
    securityHubType: 'Other',
    live: {
      gone: ['DoorNotFound'],
      settlesAfterSeconds: 20,
      announcements: [],
      list: {
        actions: [],
        // Two a page; the listing shows the front door only.
        page: async (_, token) => {
          fault('list');
          const ids = [...doors.keys()].sort();
          const from = Number(token ?? 0);
          const resources = ids
            .slice(from, from + 2)
            .map((id) => ({ id, facets: { front: doors.get(id)?.front ?? 'shut' } }));
          return { resources, ...(from + 2 < ids.length ? { next: `${from + 2}` } : {}) };
        },
      },
    },
    configurationItem: 'resourceName',
    arn: ({ id }: Ref) => `arn:aws:house:::${id}`,
    about: {
      actions: [],
      read: async (_, { id }) => {
        fault('read about');
        return {
          arn: `arn:aws:house:::${id}`,
          tags: { 'aws:cloudformation:stack-name': 'town', secrecy: 'high', other: 'x' },
        };
      },
    },
    ...(options.ways
      ? {
          reachable: {
            actions: [],
            announcements: [],
            read: async (_: unknown, { id }: Ref) => {
              reads.push(`${id} reachable`);
              fault('read reachable');
              return options.ways?.get(id) ?? { ways: [], through: [] };
            },
          },
        }
      : {}),
    facets: {
      front: { actions: [], read: async (_, { id }) => look(id, 'front') },
      back: { actions: [], read: async (_, { id }) => look(id, 'back') },
    },
  });
  const control = (id: `T.${number}`, door: 'front' | 'back', exposes: boolean): Control =>
    defineControl(house, {
      id,
      title: `The ${door} door should be shut`,
      severity: 'HIGH',
      rationale: 'Anybody can walk in.',
      standards: { 'fsbp-1.0.0': [id] },
      ...(exposes ? { exposes: true } : {}),
      needs: [door],
      evaluate: (seen) => {
        const state = Object.values(seen)[0];
        if (state === 'shut') return pass;
        return fail(`the ${door} door is open`, [{ path: door, actual: 'open', expected: 'shut' }]);
      },
      remediation: options.isRemediated ? { ...advice, grants: [], plan: () => shutting } : advice,
    });
  const controls = [control('T.1', 'front', true), control('T.2', 'back', false)];
  const own: AnyResourceType = house;
  const clock = () => new Date(now);
  const store = new SecurityHubStore({ now: clock });
  store.enable();
  const hub = {
    account,
    store,
    actions: new CustomActions(region, account),
    callerArn: () => `arn:aws:iam::${account}:role/evaluate`,
  };
  const call = (input: object) =>
    ({ input, region, body: Buffer.from(JSON.stringify(input)) }) as unknown as DecodedCall;
  const securityHub = {
    batchImportFindings: async (input: object) => {
      fault('hub.import');
      return importFindings(hub, call(input));
    },
    getFindings: async (input: object) => {
      fault('hub.get');
      return getFindings(hub, call(input));
    },
    batchUpdateFindings: async (input: object) => {
      fault('hub.update');
      return updateFindings(hub, call(input));
    },
  } as unknown as SecurityHub;

  const runtime: Runtime = {
    place: { account, homeRegion: region, regions: [region] },
    baseline: {
      homeRegion: region,
      regions: [region],
      publish: 'all',
      controls: Object.fromEntries(
        controls.map(({ id }) => [
          id,
          {
            mode: options.isRemediated ? 'remediate' : 'observe',
            parameters: {},
            backlog: false,
            risk: 'safe',
          },
        ]),
      ),
      exemptions: [],
      remediation: {
        holdHours: 24,
        suppressionDays: 30,
        flapping: { drifts: 3, hours: 24 },
        breaker: { perHour: 20, share: 1, atLeast: 3, reserve: 0, closesAfterMinutes: 60 },
        windows: [],
        deployRoles: [],
        protectedRoles: [],
      },
      configRules: false,
      operators: [],
      dashboard: false,
      ...options.baseline,
    },
    types: typesIn([own]),
    controlsOf: async () => controls,
    reader: () =>
      createReader({
        account,
        region,
        clients: () => Promise.reject(new Error('no client in this world')),
        clock,
      }),
    posture: memoryPosture({ rows, transitions, before: fault }, options.rowForm),
    regions: memoryRegions(notes),
    queues: {
      settle: async (change, delaySeconds) => {
        fault('queues.settle');
        settles.push({ change, at: now + delaySeconds * 1000 });
      },
      review: async (change) => {
        fault('queues.review');
        settles.push({ change, at: now });
      },
      ask: async (wanted) => {
        fault('queues.ask');
        asks.push(...wanted);
      },
      sweepChanges: async (changes) => {
        swept.push(...changes);
      },
      sweepTypes: async (sweeps) => {
        pages.push(...sweeps);
      },
      sweepRoster: async () => {},
      sweepPlaces: async (sweeps) => {
        places.push(...sweeps);
      },
      prove: async (records) => {
        fault('queues.prove');
        return records.map(({ receiptHandle }) =>
          receiptHandle.startsWith('handle of') ? 'ours' : 'forged',
        );
      },
      retry: async (_queue, receiptHandle, seconds) => {
        fault('queues.retry');
        retries.push({ receiptHandle, seconds });
      },
    },
    ownRoles: new Set(['AROAPLUMBLINE0000000A']),
    hub: async () => securityHub,
    ssm: () => Promise.reject(new Error('nobody asks a host here')),
    notify: async (_, message) => {
      fault('notify');
      notices.push(message);
    },
    putEvaluations: async (input) => evaluations.push(input),
    endChain: (ended) => ends.push(ended),
    noteOverdue: (one) => overdue.push(one),
    noteUnreadable: () => {},
    clock,
  };

  const world: World = {
    runtime,
    house: own,
    controls,
    doors,
    rows,
    transitions,
    store,
    settles,
    swept,
    asks,
    pages,
    places,
    notes,
    retries,
    evaluations,
    ends,
    overdue,
    notices,
    reads,
    faults,
    at: (milliseconds) => {
      now = start + milliseconds;
    },
    now: () => now,
    deliver: (...changes) => evaluateChanges(changes, runtime),
    async settleAll() {
      for (let rounds = 0; settles.length > 0 && rounds < 100; rounds += 1) {
        settles.sort((a, b) => a.at - b.at);
        const next = settles.shift();
        if (!next) return;
        now = Math.max(now, next.at);
        await world.deliver(next.change);
        now += 1;
      }
    },
    event: (id, facets, at, more = {}) => {
      const cause: EventCause = {
        kind: 'event',
        via: 'cloudtrail',
        id,
        time: new Date(start + at).toISOString(),
        call: 'house:OpenDoor',
        by: `arn:aws:iam::${account}:user/${id}`,
        from: '203.0.113.7',
        userAgent: 'aws-cli/2',
      };
      return {
        version: 1,
        type: 'Plumbline::House',
        ref: { account, region, id: 'home' },
        facets,
        cause,
        ...more,
      };
    },
  };
  return world;
};

export const rowOf = (world: World, id = 'home'): ResourceRow | undefined =>
  world.rows.get(keyOf({ type: 'Plumbline::House', ref: { account, region, id } }));

/** The finding of one control, as Security Hub holds it. */
export const findingIn = ({ store }: World, controlId: string, id = 'home') =>
  store.findings.find(({ Id }) => Id?.endsWith(`/${controlId}/arn:aws:house:::${id}`));
