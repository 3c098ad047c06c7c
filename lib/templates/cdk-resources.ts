import { asRecord, list, text } from '../support/untyped.ts';
import { byTypeOf } from './by-type.ts';
import { writtenCall } from './custom-calls.ts';
import { firstMarked, unmarked } from './joined-texts.ts';
import { unsure } from './resolution/hole.ts';
import type { Declaration, Template } from './template.ts';

/**
 * What the custom resources of the CDK make: calls that its own functions make when a stack is deployed, written in
 * the shape of the SDK. https://github.com/aws/aws-cdk/tree/main/packages/@aws-cdk/custom-resource-handlers
 */
type Fields = Readonly<Record<string, unknown>>;

const named = (tree: unknown): string | undefined => text(asRecord(tree)['Ref']);

/** A value where the custom resource is made, and what the resource itself says where it is not. */
const where = ({ condition }: Declaration, made: unknown, own: unknown): unknown =>
  condition === undefined
    ? made
    : { 'Fn::If': [condition, made, own === undefined ? { Ref: 'AWS::NoValue' } : own] };

/** Each event that is announced, as CloudFormation writes it: one for a destination. */
const announced = (configurations: unknown): readonly unknown[] =>
  list(configurations).flatMap((one) => list(asRecord(one)['Events']).map((Event) => ({ Event })));

const notifications = (custom: Declaration, own: Fields): Fields => {
  const asked = asRecord(asRecord(custom.properties)['NotificationConfiguration']);
  const before = own['NotificationConfiguration'];
  const said = asRecord(before);
  const both = (name: string, theirs = name) => [...list(said[name]), ...announced(asked[theirs])];
  const made = {
    ...said,
    QueueConfigurations: both('QueueConfigurations'),
    TopicConfigurations: both('TopicConfigurations'),
    LambdaConfigurations: both('LambdaConfigurations', 'LambdaFunctionConfigurations'),
    ...(asked['EventBridgeConfiguration'] === undefined
      ? {}
      : { EventBridgeConfiguration: { EventBridgeEnabled: true } }),
  };
  return { NotificationConfiguration: where(custom, made, before) };
};

/** The domain that a call of `updateDomainConfig` names, and the policy that it sets. */
const policyIn = (custom: Declaration) => {
  const { call, parts } = writtenCall(asRecord(custom.properties)['Create']);
  const { DomainName, AccessPolicies } = asRecord(call['parameters']);
  return {
    domain: named(firstMarked(text(DomainName) ?? '', parts)),
    policy: unmarked(JSON.parse(text(AccessPolicies) ?? ''), parts),
  };
};
const accessPolicy = (custom: Declaration, own: Fields): Fields => {
  const { policy } = policyIn(custom);
  return { AccessPolicies: where(custom, policy, own['AccessPolicies']) };
};

interface Setting {
  /** The logical id of what it changes. */
  readonly of: (custom: Declaration) => string | undefined;
  readonly on: readonly string[];
  readonly sets: (custom: Declaration, own: Fields) => Fields;
}
const domainPolicy = (on: string): Setting => ({
  of: (custom) => policyIn(custom).domain,
  on: [on],
  sets: accessPolicy,
});
const settings: Readonly<Record<string, Setting>> = {
  'Custom::S3BucketNotifications': {
    of: ({ properties }) => named(asRecord(properties)['BucketName']),
    on: ['AWS::S3::Bucket'],
    sets: notifications,
  },
  'Custom::OpenSearchAccessPolicy': domainPolicy('AWS::OpenSearchService::Domain'),
  'Custom::ElasticsearchAccessPolicy': domainPolicy('AWS::Elasticsearch::Domain'),
};

/** A cluster, whose custom resource takes what CreateCluster takes. */
const clusterOf = (custom: Declaration): Declaration => {
  const asked = asRecord(asRecord(custom.properties)['Config']);
  const network = asRecord(asked['resourcesVpcConfig']);
  const logs = list(asRecord(asked['logging'])['clusterLogging']).map(asRecord);
  const types = logs.flatMap((one) => (one['enabled'] === false ? [] : list(one['types'])));
  return {
    ...custom,
    type: 'AWS::EKS::Cluster',
    properties: {
      ...(asked['name'] === undefined ? {} : { Name: asked['name'] }),
      Version: asked['version'],
      RoleArn: asked['roleArn'],
      ResourcesVpcConfig: {
        SubnetIds: network['subnetIds'],
        EndpointPublicAccess: network['endpointPublicAccess'],
        EndpointPrivateAccess: network['endpointPrivateAccess'],
        PublicAccessCidrs: network['publicAccessCidrs'],
      },
      Logging: { ClusterLogging: { EnabledTypes: types.map((Type) => ({ Type })) } },
      EncryptionConfig: list(asked['encryptionConfig'])
        .map(asRecord)
        .map((one) => ({
          Provider: { KeyArn: asRecord(one['provider'])['keyArn'] },
          Resources: one['resources'],
        })),
      AccessConfig: { AuthenticationMode: asRecord(asked['accessConfig'])['authenticationMode'] },
    },
  };
};
const cluster = 'Custom::AWSCDK-EKS-Cluster';

/** The custom resources of which something is looked at. */
export const cdkResources: ReadonlySet<string> = new Set([cluster, ...Object.keys(settings)]);

/** The template with what custom resources of the CDK set, as properties of what they set it on. */
export const withCdkResources = (template: Template): Template => {
  const { byType } = template;
  const customs = Object.keys(settings).flatMap((type) => byType.get(type) ?? []);
  const clusters = byType.get(cluster) ?? [];
  if (customs.length + clusters.length === 0) return template;
  const declarations = new Map(template.declarations);
  for (const one of clusters) declarations.set(one.logicalId, clusterOf(one));
  for (const custom of customs) {
    const { of, on, sets } = settings[custom.type] as Setting;
    try {
      const found = declarations.get(of(custom) ?? '');
      if (!found || !on.includes(found.type)) continue;
      const own = asRecord(found.properties);
      declarations.set(found.logicalId, { ...found, properties: { ...own, ...sets(custom, own) } });
    } catch {
      // What it asks for cannot be made out, nor of which one: each can have it.
      const what = unsure(custom.logicalId, `what the custom resource ${custom.logicalId} sets`);
      for (const found of declarations.values())
        if (on.includes(found.type))
          declarations.set(found.logicalId, {
            ...found,
            properties: { ...asRecord(found.properties), AccessPolicies: what },
          });
    }
  }
  return { ...template, declarations, byType: byTypeOf(declarations.values()) };
};
