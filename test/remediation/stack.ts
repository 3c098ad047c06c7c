import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { type Clients, sdkClients } from '../../lib/aws/clients.ts';
import { createReader } from '../../lib/aws/reader.ts';
import { createPosture } from '../../lib/aws/stores/posture.ts';
import { createRegions } from '../../lib/aws/stores/regions.ts';
import { createSeal } from '../../lib/aws/stores/seal.ts';
import { allControls, controlsOf } from '../../lib/controls/index.ts';
import { type Baseline, defaultBaseline } from '../../lib/engine/baseline/baseline.ts';
import { type Change, type EventCause, keyOf } from '../../lib/engine/changes/change.ts';
import type { Action } from '../../lib/engine/remediation/action.ts';
import type { Delivered } from '../../lib/engine/remediation/delivery.ts';
import { forgedWordNotice } from '../../lib/engine/remediation/notification.ts';
import { canBePlanned } from '../../lib/engine/remediation/planning.ts';
import { type RemediationRequest, undoRequest } from '../../lib/engine/remediation/request.ts';
import type { Service } from '../../lib/model/control.ts';
import { evaluateChanges } from '../../lib/pipeline/evaluate/evaluate-changes.ts';
import { remediate } from '../../lib/pipeline/remediate/remediate.ts';
import { catalogueTypes } from '../../lib/pipeline/runtime/catalogue.ts';
import { createRemediation } from '../../lib/pipeline/runtime/create-remediation.ts';
import type { Remediation, RemediationRuntime } from '../../lib/pipeline/runtime/runtime.ts';
import { admitUsers } from '../local/admit.ts';
import { type Started, serve } from '../local/served.ts';
import { accountId as account, answerSeconds, refOf, region } from '../resources/aws.ts';

/** The stack is deployed when this is done: nothing reads the file of its baseline again. */
const served = async (baseline: string) => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-stack-'));
  const file = join(folder, 'plumbline.yaml');
  await writeFile(file, baseline);
  // Each test takes its own messages: the deployed handlers would evaluate every change a second time.
  const unattended = ['evaluate', 'remediate', 'sweep'];
  try {
    return await serve({ baseline: file, scheduleSpeed: 0, unattended });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const begin = async (limits: object) => {
  const planned = (await allControls()).filter(canBePlanned).map(({ id }) => id);
  const settings = planned.map((id) => `  ${id}: { mode: remediate, risk: disruptive }`);
  const remediation = JSON.stringify(limits);
  const operators = `operators: [arn:aws:iam::${account}:user/mallory]`;
  const { url, reader, remediate, end, unref } = await served(
    `${operators}\nremediation: ${remediation}\ncontrols:\n${settings.join('\n')}\n`,
  );
  if (!remediate) throw new Error('the stack has no function that remediates');
  await admitUsers(url);
  const clients = sdkClients({
    region,
    endpoint: url,
    credentials: { accessKeyId: 'mallory', secretAccessKey: 'any' },
    answerSeconds,
  });
  // Nobody takes what it would tell.
  await (await clients('config')).stopConfigurationRecorder({
    ConfigurationRecorderName: 'default',
  });
  await (await clients('ssm')).putParameter({
    Name: '/plumbline/remediation',
    Value: 'off',
    Overwrite: true,
  });
  return { url, evaluator: reader, started: remediate, clients, end, unref };
};
export type TestStack = Omit<Awaited<ReturnType<typeof begin>>, 'unref'>;

/** Of the files that one worker runs, one after another. */
let kept: Promise<TestStack> | undefined;
/** As long as it is kept for the next file: one that nobody uses still asks its queues. */
const keptMillis = 20_000;
let ending: NodeJS.Timeout | undefined;
const keep = async (): Promise<TestStack> => {
  const { unref, end, ...stack } = await begin({});
  unref();
  const endLater = async () => {
    ending = setTimeout(() => {
      kept = undefined;
      void end();
    }, keptMillis).unref();
  };
  return { ...stack, end: endLater };
};
const answers = ({ url }: TestStack): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );
const keptStack = async (): Promise<TestStack> => {
  clearTimeout(ending);
  const before = await kept?.catch(() => undefined);
  if (before && (await answers(before))) return before;
  kept = keep();
  return kept;
};

/**
 * A local AWS whose stack may put right whatever can be put right, with the switch off: only tests act on it. All files of
 * a worker have the same one, on which each has tables and a switch of its own (`plant`); only with limits there is another.
 * @param limits of the deployed baseline, as in plumbline.yaml below `remediation`
 */
export const openStack = async (limits?: object): Promise<TestStack> => {
  const stack = limits ? await begin(limits) : await keptStack();
  // Where sessions of the remediator go, as the handlers of a local AWS are told.
  process.env['AWS_ENDPOINT_URL'] = stack.url;
  return stack;
};

/** What goes wrong at a call, by service and operation; throws, or does nothing. */
export type Fault = (call: string, when: 'before' | 'after', input: unknown) => unknown;

const faulty = (clients: Clients, fault: Fault): Clients => {
  const wrap = (service: Service, client: object): object =>
    new Proxy(client, {
      get(target, operation) {
        const made: unknown = Reflect.get(target, operation);
        if (typeof made !== 'function' || typeof operation !== 'string') return made;
        return async (...input: unknown[]) => {
          await fault(`${service}.${operation}`, 'before', input[0]);
          const answer: unknown = await made.apply(target, input);
          await fault(`${service}.${operation}`, 'after', input[0]);
          return answer;
        };
      },
    });
  const faultyClients = async (service: Service) => wrap(service, await clients(service));
  return faultyClients as Clients;
};

const createTable = async (dynamodb: DynamoDB, TableName: string) => {
  const text = (name: string) => ({ AttributeName: name, AttributeType: 'S' as const });
  const key = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
  const index = (IndexName: string, hash: string, range: string) => ({
    IndexName,
    KeySchema: key(hash, range),
    Projection: { ProjectionType: 'KEYS_ONLY' as const },
  });
  await dynamodb.createTable({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk', 'dueShard', 'dueAt', 'month', 'startedAt', 'subject'].map(
      text,
    ),
    KeySchema: key('pk', 'sk'),
    GlobalSecondaryIndexes: [
      index('due', 'dueShard', 'dueAt'),
      index('actions', 'month', 'startedAt'),
      index('subjects', 'subject', 'pk'),
    ],
  });
};

export interface PlumblineOptions {
  /** The controls that are enabled, all to be remediated, and their parameters. */
  readonly controls: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly baseline?: Partial<Baseline>;
  readonly settings?: Partial<Baseline['controls'][string]>;
  readonly fault?: Fault;
  readonly clock?: () => Date;
  /** @default 0 */
  readonly settlesAfterSeconds?: number;
  /** That of the deployed functions, for what they share. @default - one of its own */
  readonly table?: string;
}

let made = 0;

/**
 * Plumbline in this process on a stack: the same code as the handlers, with a posture table, a switch and breakers of its
 * own; reads, sessions and calls are those of the deployed function's role. Messages wait until `drive` takes them.
 */
export const plumblineOn = async (stack: TestStack, options: PlumblineOptions) => {
  made += 1;
  const name = `stack-${process.pid}-${made}`;
  const { fault = () => {}, clock = () => new Date(), table = name } = options;
  const { environment, credentials } = stack.started as Started;
  const settings = { region, endpoint: stack.url };
  const dynamodb = new DynamoDB({
    ...settings,
    credentials: { accessKeyId: 'test', secretAccessKey: 'any' },
  });
  const ledgerTable = options.table === undefined ? `${name}-ledger` : environment['LEDGER_TABLE'];
  if (ledgerTable === undefined) throw new Error('the deployed functions know no ledger');
  if (table === name) for (const one of [table, ledgerTable]) await createTable(dynamodb, one);
  const dynamoDb = DynamoDBDocument.from(dynamodb, {
    marshallOptions: { removeUndefinedValues: true },
  });
  const acting = faulty(sdkClients({ ...settings, credentials, answerSeconds }), fault);
  const evaluating = faulty(
    sdkClients({ ...settings, credentials: stack.evaluator, answerSeconds }),
    fault,
  );
  const all = await allControls();
  const base = defaultBaseline(all);
  const baseline: Baseline = {
    ...base,
    ...options.baseline,
    controls: Object.fromEntries(
      Object.entries(options.controls).map(([id, parameters]) => [
        id,
        {
          mode: 'remediate',
          backlog: false,
          risk: 'disruptive',
          ...options.settings,
          parameters: { ...base.controls[id]?.parameters, ...parameters },
        },
      ]),
    ),
  };
  const notices: string[] = [];
  const switchName = `/${name}/remediation`;
  const ssm = await stack.clients('ssm');
  const testing = async (service: Service) =>
    service === 'ssm' || service === 'sns' ? stack.clients(service) : acting(service);
  const created = createRemediation({
    account,
    clients: testing as Clients,
    dynamoDb,
    table,
    ledgerTable,
    baseline,
    remediatorArn: environment['REMEDIATOR_ROLE_ARN'] ?? '',
    imagesBucket: environment['IMAGES_BUCKET'] ?? '',
    topicArn: environment['NOTICES_TOPIC_ARN'] ?? '',
    sealing: {
      account,
      region,
      seal: createSeal(() => acting('kms'), environment['LEDGER_KEY_ARN'] ?? ''),
    },
    async onForged(what, forget) {
      notices.push(forgedWordNotice(what).subject);
      await forget();
    },
    switchParameter: () => switchName,
    breakersPath: () => `/${name}/breakers/`,
  });
  await created.turnOn({ by: 'alice', at: new Date().toISOString() });
  const remediation: Remediation = {
    ...created,
    session: async (grants, action, where) =>
      faulty(await created.session(grants, action, where), fault),
    notify: async (subject) => {
      notices.push(subject);
    },
  };
  const changes: Change[] = [];
  const asks: RemediationRequest[] = [];
  const runtimeOf = (clients: Clients): RemediationRuntime => ({
    place: { account, homeRegion: region, regions: [region] },
    baseline,
    types: catalogueTypes,
    controlsOf: async (type) => (await controlsOf[type]?.()) ?? [],
    reader: () => createReader({ account, region, clients, clock }),
    posture: createPosture(dynamoDb, table),
    regions: createRegions(dynamoDb, table),
    queues: {
      settle: async (change) => void changes.push(change),
      review: async (change) => void changes.push(change),
      sweepChanges: async (swept) => void changes.push(...swept),
      sweepPlaces: async () => {},
      sweepRoster: async () => {},
      sweepTypes: async () => {},
      ask: async (wanted) => void asks.push(...wanted),
      prove: async (records) => records.map(() => 'ours'),
      retry: async () => {},
    },
    ownRoles: new Set(),
    hub: () => clients('securityhub'),
    ssm: () => clients('ssm'),
    remediation,
    putEvaluations: async () => undefined,
    endChain: ({ chain, why }) => {
      throw new Error(`${chain}: ${why}`);
    },
    noteUnreadable: (key) => {
      throw new Error(`what is kept of ${key} is no row`);
    },
    noteOverdue: ({ of, controls }) => {
      throw new Error(`nothing was done about ${controls.join(', ')} on ${of}`);
    },
    clock,
    settlesAfterSeconds: options.settlesAfterSeconds ?? 0,
  });
  // Each handler has its own role: what it may not do fails here too.
  const evaluator = runtimeOf(evaluating);
  const runtime = runtimeOf(acting);
  const throwFirst = (outcomes: readonly object[]) => {
    const failed = outcomes.find((one) => 'failure' in one);
    if (failed && 'failure' in failed) throw failed.failure;
  };
  return {
    runtime,
    dynamoDb,
    table,
    ledgerTable,
    changes,
    asks,
    notices,
    remediation,
    ssm,
    switchName,
    /** Takes messages until there are none. */
    async drive() {
      while (changes.length > 0 || asks.length > 0) {
        throwFirst(await evaluateChanges(changes.splice(0), evaluator));
        throwFirst(await remediate(asks.splice(0), runtime));
      }
    },
    evaluate: async (taken: readonly Change[]) =>
      throwFirst(await evaluateChanges(taken, evaluator)),
    act: (taken: readonly Delivered[]) => remediate(taken, runtime),
    /** Has the outcomes said whose verdicts are in, and nothing else done. */
    async conclude() {
      const taken = asks.splice(0);
      asks.push(...taken.filter(({ ask }) => ask !== 'conclude'));
      throwFirst(
        await remediate(
          taken.filter(({ ask }) => ask === 'conclude'),
          runtime,
        ),
      );
    },
    async row(type: string, id: string) {
      const key = keyOf({ type, ref: refOf(id) });
      return (await runtime.posture.read([key])).get(key);
    },
    async actions(): Promise<readonly Action[]> {
      return remediation.ledger.list([clock().toISOString().slice(0, 7)], 2000);
    },
  };
};
export type Plumbline = Awaited<ReturnType<typeof plumblineOn>>;

/** Somebody's change of a resource, as CloudTrail tells it. */
export const changed = (
  type: string,
  id: string,
  cause: Partial<EventCause> = {},
  hint?: Change['hint'],
): Change => ({
  version: 1,
  type,
  ref: refOf(id),
  facets: 'all',
  ...(hint ? { hint } : {}),
  cause: {
    kind: 'event',
    via: 'cloudtrail',
    id: randomUUID(),
    time: new Date().toISOString(),
    call: 'test:Change',
    by: `arn:aws:iam::${account}:user/mallory`,
    ...cause,
  },
});

/** A person's wish to take an action back. */
export const undoOf = (action: Action): RemediationRequest =>
  undoRequest({ ...action, controls: [] }, `arn:aws:iam::${account}:user/alice`);
