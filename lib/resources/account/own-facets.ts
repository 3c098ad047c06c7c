import type { Facets, Reader, Ref } from '../../model/resource-type.ts';
import { dynamodb } from '../../services/dynamodb.ts';
import { asRecord, text } from '../../support/untyped.ts';
import { ownParts } from './own-parts.ts';
import { noStack, ownOf, readOwnStack } from './own-stack.ts';

const functionsOf = async (reader: Reader, ref: Ref) =>
  Promise.all(
    (await ownOf(reader, ref, 'AWS::Lambda::Function')).map(async ({ physicalId: id }) => ({
      name: id,
      configuration: await reader.facet(ownParts.function, { ...ref, id }, 'configuration'),
      policy: await reader.facet(ownParts.function, { ...ref, id }, 'policy'),
      mappings: (await reader.facet(ownParts.function, { ...ref, id }, 'mappings')) ?? [],
    })),
  );

const busesOf = async (reader: Reader, ref: Ref) =>
  Promise.all(
    (await ownOf(reader, ref, 'AWS::Events::EventBus')).map(async ({ physicalId: id }) => ({
      name: id,
      admission: await reader.facet(ownParts.bus, { ...ref, id }, 'admission'),
    })),
  );

const tablesOf = async (reader: Reader, ref: Ref) =>
  Promise.all(
    (await ownOf(reader, ref, 'AWS::DynamoDB::Table')).map(async ({ physicalId: id }) => ({
      name: id,
      isProtected: await reader.facet(ownParts.table, { ...ref, id }, 'isProtected'),
      policy: await reader.facet(
        ownParts.table,
        { ...ref, id: dynamodb.arn('table', ref, id) },
        'policy',
      ),
      timeToLive: await reader.facet(ownParts.table, { ...ref, id }, 'timeToLive'),
    })),
  );

const keysOf = async (reader: Reader, ref: Ref) =>
  Promise.all(
    (await ownOf(reader, ref, 'AWS::KMS::Key')).map(async ({ physicalId: id }) => ({
      id,
      state: await reader.facet(ownParts.key, { ...ref, id }, 'state'),
      policy: await reader.facet(ownParts.key, { ...ref, id }, 'policy'),
    })),
  );

const assetBucketsOf = async (reader: Reader, ref: Ref) => {
  const functions = await ownOf(reader, ref, 'AWS::Lambda::Function');
  const named = functions.flatMap(
    ({ properties }) => text(asRecord(properties['Code'])['S3Bucket']) ?? [],
  );
  return Promise.all(
    [...new Set(named)].map(async (id) => ({
      name: id,
      policy: await reader.facet(ownParts.assetBucket, { ...ref, id }, 'policy'),
    })),
  );
};

const rolesOf = async (reader: Reader, ref: Ref) =>
  Promise.all(
    (await ownOf(reader, ref, 'AWS::IAM::Role')).map(async ({ physicalId: id }) => ({
      name: id,
      admission: await reader.facet(ownParts.role, { ...ref, id }, 'admission'),
      inline: (await reader.facet(ownParts.role, { ...ref, id }, 'inline')) ?? [],
      attached: (await reader.facet(ownParts.role, { ...ref, id }, 'attached')) ?? [],
    })),
  );

const stackActions = [
  'cloudformation:DescribeStacks',
  'cloudformation:GetTemplate',
  'cloudformation:ListStackResources',
  ...ownParts.role.facets.id.actions,
] as const;

/** Our own deployment: what the stack says, and what is there. */
export const ownFacets = {
  stack: { actions: stackActions, absent: noStack, read: readOwnStack },
  functions: {
    actions: [
      ...stackActions,
      ...ownParts.function.facets.configuration.actions,
      ...ownParts.function.facets.policy.actions,
      ...ownParts.function.facets.mappings.actions,
    ],
    absent: noStack,
    read: functionsOf,
  },
  buses: {
    actions: [...stackActions, ...ownParts.bus.facets.admission.actions],
    absent: noStack,
    read: busesOf,
  },
  tables: {
    actions: [
      ...stackActions,
      ...ownParts.table.facets.isProtected.actions,
      ...ownParts.table.facets.policy.actions,
      ...ownParts.table.facets.timeToLive.actions,
    ],
    absent: noStack,
    read: tablesOf,
  },
  keys: {
    actions: [
      ...stackActions,
      ...ownParts.key.facets.state.actions,
      ...ownParts.key.facets.policy.actions,
    ],
    absent: noStack,
    read: keysOf,
  },
  roles: {
    actions: [
      ...stackActions,
      ...ownParts.role.facets.admission.actions,
      ...ownParts.role.facets.inline.actions,
      ...ownParts.role.facets.attached.actions,
    ],
    absent: noStack,
    read: rolesOf,
  },
  assetBuckets: {
    actions: [...stackActions, ...ownParts.assetBucket.facets.policy.actions],
    absent: noStack,
    read: assetBucketsOf,
  },
} as const satisfies Facets;
