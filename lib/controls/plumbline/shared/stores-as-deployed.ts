import type { Evidence, Snapshot } from '../../../model/control.ts';
import type { deployment } from '../../../resources/account/deployment.ts';
import { lastPart, type OwnResource } from '../../../resources/account/own-template.ts';
import { canonicalJson } from '../../../support/canonical-json.ts';
import { firstBy } from '../../../support/groups.ts';
import { parseJson } from '../../../support/json.ts';
import { asRecord, list } from '../../../support/untyped.ts';
import { policyEvidence } from './own-policies.ts';

type Deployed = Snapshot<typeof deployment, 'queues' | 'tables' | 'keys'>;
type Resources = readonly OwnResource[];

const asDeployed = 'as it was deployed';
const ofType = (resources: Resources, type: string): Resources =>
  resources.filter((one) => one.type === type);

/** What SQS takes where a template says nothing, by attribute. */
const defaults: Readonly<Record<string, unknown>> = {
  DelaySeconds: 0,
  MessageRetentionPeriod: 345_600,
  VisibilityTimeout: 30,
};
const compared = [
  ...['DelaySeconds', 'KmsMasterKeyId', 'MessageRetentionPeriod', 'RedriveAllowPolicy'],
  ...['RedrivePolicy', 'VisibilityTimeout'],
];
/** An event of EventBridge is at most as large. */
const leastBytes = 262_144;

const textsIn = (value: unknown): unknown => {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map(textsIn);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, textsIn(one)]));
};
/** An attribute as one text, whether SQS writes JSON or a template has an object. */
const attribute = (value: unknown): string | undefined => {
  if (value === undefined) return undefined;
  const isJson = typeof value === 'string' && value.startsWith('{');
  return canonicalJson(textsIn(isJson ? parseJson(value) : value));
};

const attributeEvidence = (
  path: string,
  live: Readonly<Record<string, string>>,
  properties: Readonly<Record<string, unknown>>,
): readonly Evidence[] => {
  const changed = compared.flatMap((name) => {
    const wanted = properties[name] ?? defaults[name];
    return attribute(live[name]) === attribute(wanted)
      ? []
      : [{ path: `${path}.${name}`, actual: live[name] ?? null, expected: wanted ?? null }];
  });
  const bytes = Number(live['MaximumMessageSize'] ?? leastBytes);
  if (bytes >= leastBytes) return changed;
  return [
    ...changed,
    { path: `${path}.MaximumMessageSize`, actual: bytes, expected: `at least ${leastBytes}` },
  ];
};

export const queueEvidence = (live: Deployed['queues'], resources: Resources) => {
  const named = firstBy(live, ({ arn }) => lastPart(arn));
  const policies = ofType(resources, 'AWS::SQS::QueuePolicy').flatMap((policy) =>
    list(policy.properties['Queues']).map((queue) => ({ policy, queue })),
  );
  const policyOf = firstBy(policies, ({ queue }) => queue);
  return ofType(resources, 'AWS::SQS::Queue').flatMap(({ physicalId, properties }) => {
    const name = lastPart(physicalId);
    const path = `queues[${name}]`;
    const found = named.get(name);
    if (!found) return [{ path, actual: 'deleted', expected: asDeployed }];
    const policy = policyOf.get(physicalId)?.policy;
    return [
      ...policyEvidence(`${path}.policy`, found.policy, policy?.properties['PolicyDocument']),
      ...attributeEvidence(path, found.attributes, properties),
    ];
  });
};

export const tableEvidence = (live: Deployed['tables'], resources: Resources) => {
  const named = firstBy(live ?? [], ({ name }) => name);
  return ofType(resources, 'AWS::DynamoDB::Table').flatMap(({ physicalId: name, properties }) => {
    const path = `tables[${name}]`;
    const found = named.get(name);
    if (found?.isProtected === undefined)
      return [{ path, actual: 'deleted', expected: asDeployed }];
    const { isProtected, timeToLive } = found;
    const wanted = {
      isProtected: properties['DeletionProtectionEnabled'] === true,
      timeToLive: asRecord(properties['TimeToLiveSpecification'])['AttributeName'],
    };
    const document = asRecord(properties['ResourcePolicy'])['PolicyDocument'];
    return [
      ...policyEvidence(`${path}.policy`, found.policy, document),
      ...(isProtected === wanted.isProtected
        ? []
        : [{ path: `${path}.isProtected`, actual: isProtected, expected: wanted.isProtected }]),
      ...(timeToLive === wanted.timeToLive
        ? []
        : [
            { path: `${path}.timeToLive`, actual: timeToLive ?? null, expected: wanted.timeToLive },
          ]),
    ];
  });
};

export const keyEvidence = (live: Deployed['keys'], resources: Resources) => {
  const known = firstBy(live ?? [], ({ id }) => id);
  return ofType(resources, 'AWS::KMS::Key').flatMap(({ physicalId: id, properties }) => {
    const path = `keys[${id}]`;
    const found = known.get(id);
    const state = found?.state ?? 'deleted';
    return [
      ...(state === 'Enabled' ? [] : [{ path, actual: state, expected: 'Enabled' }]),
      ...policyEvidence(`${path}.policy`, found?.policy, properties['KeyPolicy']),
    ];
  });
};
