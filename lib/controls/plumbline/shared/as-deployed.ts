import type { Evidence, Snapshot } from '../../../model/control.ts';
import type { deployment } from '../../../resources/account/deployment.ts';
import { lastPart, type OwnResource } from '../../../resources/account/own-template.ts';
import { canonicalJson } from '../../../support/canonical-json.ts';
import { firstBy, groupsBy } from '../../../support/groups.ts';
import { asRecord, list } from '../../../support/untyped.ts';
import { policyEvidence } from './own-policies.ts';
import { ruleIn } from './own-queues.ts';

type Region = typeof deployment;
type Deployed = Snapshot<Region, 'functions' | 'eventRules' | 'buses'>;
type Resources = readonly OwnResource[];
type Live<F extends keyof Deployed> = NonNullable<Deployed[F]>[number];

const deleted = (path: string): readonly Evidence[] => [
  { path, actual: 'deleted', expected: 'as it was deployed' },
];
/** Members that differ, each by its path. */
const differing = (
  path: string,
  actual: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, unknown>>,
): readonly Evidence[] =>
  [...new Set([...Object.keys(expected), ...Object.keys(actual)])].toSorted().flatMap((name) =>
    canonicalJson(actual[name]) === canonicalJson(expected[name])
      ? []
      : [
          {
            path: `${path}.${name}`,
            actual: actual[name] ?? null,
            expected: expected[name] ?? null,
          },
        ],
  );

const ofType = (resources: Resources, type: string): Resources =>
  resources.filter((one) => one.type === type);

/** What Lambda says of a function that is as its template wants it. */
const wantedConfiguration = ({ properties, codeSha256 }: OwnResource) => ({
  handler: properties['Handler'],
  runtime: properties['Runtime'],
  role: properties['Role'],
  memoryMb: properties['MemorySize'] ?? 128,
  timeoutSeconds: properties['Timeout'] ?? 3,
  layers: list(properties['Layers']),
  fileSystems: [],
  networks: [],
  concurrency: properties['ReservedConcurrentExecutions'],
  ...(codeSha256 === undefined ? {} : { codeSha256 }),
});

/** What belongs to functions, by their names. */
const byFunction = (resources: Resources, type: string) =>
  groupsBy(ofType(resources, type), ({ properties }) =>
    lastPart(String(properties['FunctionName'])),
  );

const mappingEvidence = (path: string, { mappings }: Live<'functions'>, ours: Resources) => {
  const wanted = new Map(ours.map((one) => [one.physicalId, one]));
  const foreign = mappings.flatMap(({ id, source }) =>
    wanted.has(id)
      ? []
      : [{ path: `${path}.mappings[${id}]`, actual: source ?? 'a source', expected: 'none' }],
  );
  const mapped = firstBy(mappings, ({ id }) => id);
  const known = ours.flatMap(({ physicalId, properties }) => {
    const at = `${path}.mappings[${physicalId}]`;
    const live = mapped.get(physicalId);
    if (!live) return deleted(at);
    const { source, batchSize, filters, state = '' } = live;
    const isOn = ['Creating', 'Enabled', 'Enabling', 'Updating'].includes(state);
    const expected = {
      source: properties['EventSourceArn'],
      batchSize: properties['BatchSize'] ?? 10,
      filters: [],
      state: 'Enabled',
    };
    return differing(at, { source, batchSize, filters, state: isOn ? 'Enabled' : state }, expected);
  });
  return [...foreign, ...known];
};

const invoker = (parts: readonly unknown[]): string =>
  parts
    .filter((one) => one !== undefined)
    .map(String)
    .join(' ');
/** Who may do what by the policy of a function, on whose behalf; Lambda writes the statements. */
const invokersIn = (policy: unknown): readonly string[] =>
  list(asRecord(policy)['Statement']).map((one) => {
    const { Principal, Action, Condition } = asRecord(one);
    const who = asRecord(Principal)['Service'] ?? asRecord(Principal)['AWS'] ?? Principal;
    const held = Object.values(asRecord(Condition)).flatMap((keys) =>
      Object.values(asRecord(keys)),
    );
    return invoker([who, Action, ...held.toSorted()]);
  });
const parsed = (policy: string | undefined): unknown => {
  try {
    return JSON.parse(policy ?? '{}');
  } catch {
    return { Statement: [{ Principal: 'a policy that cannot be made out' }] };
  }
};
const invokerEvidence = (path: string, { policy }: Live<'functions'>, permissions: Resources) => {
  const wanted = permissions.map(
    ({ properties: { Principal, Action, SourceArn, SourceAccount } }) =>
      invoker([Principal, Action, ...[SourceAccount, SourceArn].toSorted()]),
  );
  const live = invokersIn(parsed(policy));
  const [isWanted, isLive] = [new Set(wanted), new Set(live)];
  const [more, less] = [
    live.filter((one) => !isWanted.has(one)),
    wanted.filter((one) => !isLive.has(one)),
  ];
  return [
    ...more.map((actual) => ({ path: `${path}.policy`, actual, expected: 'no such permission' })),
    ...less.map((one) => ({ path: `${path}.policy`, actual: `without ${one}`, expected: one })),
  ];
};

export const functionEvidence = (live: Deployed['functions'], resources: Resources) => {
  const mappings = byFunction(resources, 'AWS::Lambda::EventSourceMapping');
  const permissions = byFunction(resources, 'AWS::Lambda::Permission');
  const named = firstBy(live ?? [], ({ name }) => name);
  return ofType(resources, 'AWS::Lambda::Function').flatMap((one) => {
    const path = `functions[${one.physicalId}]`;
    const found = named.get(one.physicalId);
    if (!found?.configuration) return deleted(path);
    const { environment, codeSha256, ...now } = found.configuration;
    const wanted = wantedConfiguration(one);
    const variables = asRecord(asRecord(one.properties['Environment'])['Variables']);
    const said = 'codeSha256' in wanted ? { ...now, codeSha256 } : now;
    return [
      ...differing(path, said, wanted),
      ...differing(`${path}.environment`, environment, variables),
      ...mappingEvidence(path, found, mappings.get(found.name) ?? []),
      ...invokerEvidence(path, found, permissions.get(found.name) ?? []),
    ];
  });
};

/** A pattern of EventBridge in one form, whoever wrote it. */
export const patternOf = (pattern: unknown): string | undefined =>
  pattern === undefined
    ? undefined
    : canonicalJson(typeof pattern === 'string' ? parsed(pattern) : pattern);

export const ruleEvidence = (live: Deployed['eventRules'], resources: Resources) => {
  const placed = firstBy(live, ({ arn }) => ruleIn(arn));
  return ofType(resources, 'AWS::Events::Rule').flatMap(({ physicalId, properties }) => {
    // Of a rule on a bus of its own CloudFormation says `<bus>|<rule>`.
    const rule = physicalId.replace('|', '/');
    const path = `eventRules[${lastPart(rule)}]`;
    const found = placed.get(rule);
    if (!found) return deleted(path);
    const byId = (targets: readonly unknown[]) =>
      Object.fromEntries(targets.map((one) => [`targets[${asRecord(one)['Id']}]`, one]));
    const isScheduled = properties['ScheduleExpression'] !== undefined;
    return differing(
      path,
      {
        state: found.state,
        schedule: found.schedule,
        ...(isScheduled ? {} : { pattern: patternOf(found.pattern) }),
        ...byId(found.aims),
      },
      {
        state: properties['State'] ?? 'ENABLED',
        schedule: properties['ScheduleExpression'],
        ...(isScheduled ? {} : { pattern: patternOf(properties['EventPattern']) }),
        ...byId(list(properties['Targets'])),
      },
    );
  });
};

/** What of the buses of the stack is not what it says: who may put events, by which key, where what is lost goes. */
export const busEvidence = (live: Deployed['buses'], resources: Resources) => {
  const named = firstBy(live ?? [], ({ name }) => name);
  return ofType(resources, 'AWS::Events::EventBus').flatMap(({ physicalId: name, properties }) => {
    const path = `buses[${name}]`;
    const admission = named.get(name)?.admission;
    if (!admission) return deleted(path);
    const { policy, ...others } = admission;
    return [
      ...policyEvidence(`${path}.policy`, policy, properties['Policy']),
      ...differing(path, others, {
        key: properties['KmsKeyIdentifier'],
        deadLetters: asRecord(properties['DeadLetterConfig'])['Arn'],
      }),
    ];
  });
};
