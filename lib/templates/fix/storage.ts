import { parsePolicy } from '../../analysis/policies/policy-document.ts';
import { isPublic } from '../../controls/s3/shared/public-bucket.ts';
import { asRecord, list, text } from '../../support/untyped.ts';
import { policiesOf, queuePolicies, topicPolicies } from '../answers/messaging.ts';
import { policyText } from '../answers/policy-text.ts';
import { asksForOthers, grantsKey } from '../answers/s3/grants.ts';
import { secretPolicies } from '../answers/secretsmanager.ts';
import { CannotEdit, type Edit } from '../edit/tree-edits.ts';
import type { Resource } from '../stack.ts';
import { asWritten, policyEdits } from './policies.ts';
import { addingResource, inProperties, setting, type Write, type Writes } from './write.ts';

const bucketPolicyOf: (writing: Parameters<Write>[1]) => Resource | undefined = ({
  resource,
  stack,
}) => stack.leadingTo([resource.name], 'Bucket', 'AWS::S3::BucketPolicy')[0];

/** A policy that stands in a resource of its own, which is made where there is none. */
const policyApart = (
  found: Resource | undefined,
  property: string,
  after: string,
  writing: Parameters<Write>[1],
  made: { readonly type: string; readonly of: Readonly<Record<string, unknown>> },
): readonly Edit[] | undefined => {
  if (found) return policyEdits(found.get(property), found, after, writing);
  const { logicalId } = writing.resource.declared;
  const document = asWritten(after, writing);
  return addingResource(writing, `${logicalId}Policy`, made.type, {
    ...made.of,
    [property]: document,
  });
};

const every = (
  resource: Resource,
  base: readonly (string | number)[],
  values: unknown,
): readonly Edit[] =>
  Object.entries(asRecord(values)).flatMap(([name, value]) =>
    setting(resource, [...base, name], value),
  );

/** A deployment sets the block before the policy, which S3 then refuses if it is public (PutBucketPolicy). */
const withoutPublicPolicy = (blocks: unknown, writing: Parameters<Write>[1]): void => {
  if (asRecord(blocks)['BlockPublicPolicy'] !== true) return;
  const { resource, stack } = writing;
  const found = bucketPolicyOf(writing);
  if (!found) return;
  const owner = { ...stack.template.deployment, arn: resource.arn };
  const parsed = parsePolicy(policyText(found.get('PolicyDocument'), owner));
  if (!('unreadable' in parsed) && isPublic(parsed.statements))
    throw new CannotEdit(
      `the policy ${found.declared.logicalId} is public, and BlockPublicPolicy refuses to set it: close the policy first`,
    );
};

/** S3 refuses to set an ACL that is public where the block is on (PutBucketAcl). */
const withoutPublicAcl = (blocks: unknown, { resource }: Parameters<Write>[1]): void => {
  if (asRecord(blocks)['BlockPublicAcls'] === true && asksForOthers(resource))
    throw new CannotEdit(
      'its ACL is public, and BlockPublicAcls refuses to set it: make the ACL private first',
    );
};

export const s3Writes: Writes = {
  putPublicAccessBlock: (input, writing) => {
    const blocks = input['PublicAccessBlockConfiguration'];
    withoutPublicPolicy(blocks, writing);
    withoutPublicAcl(blocks, writing);
    return every(writing.resource, ['PublicAccessBlockConfiguration'], blocks);
  },
  putBucketVersioning: (input, { resource }) =>
    every(resource, ['VersioningConfiguration'], input['VersioningConfiguration']),
  putBucketEncryption: (input, { resource }) => {
    const [rule] = list(asRecord(input['ServerSideEncryptionConfiguration'])['Rules']);
    const { ApplyServerSideEncryptionByDefault: wanted, BucketKeyEnabled } = asRecord(rule);
    const base = ['BucketEncryption', 'ServerSideEncryptionConfiguration', 0];
    const key = BucketKeyEnabled === undefined ? {} : { BucketKeyEnabled };
    const edits = [
      ...every(resource, [...base, 'ServerSideEncryptionByDefault'], wanted),
      ...every(resource, base, key),
    ];
    const declared = resource.get(String(base[0]), String(base[1])).items()[0];
    // What AWS blocks by itself is written where the call is about nothing else.
    const isSaid = declared?.get('BlockedEncryptionTypes').isSet === true;
    if (edits.length > 0 && !isSaid) return edits;
    return [
      ...edits,
      ...every(
        resource,
        [...base, 'BlockedEncryptionTypes'],
        asRecord(rule)['BlockedEncryptionTypes'],
      ),
    ];
  },
  putBucketLogging: (input, { resource }) => {
    const { LoggingEnabled } = asRecord(input['BucketLoggingStatus']);
    const { TargetBucket, TargetPrefix } = asRecord(LoggingEnabled);
    const base = ['LoggingConfiguration'];
    return [
      ...setting(resource, [...base, 'DestinationBucketName'], TargetBucket),
      ...setting(resource, [...base, 'LogFilePrefix'], TargetPrefix),
    ];
  },
  putBucketAcl: (input, { resource, stack }) => {
    const grants = list(asRecord(input['AccessControlPolicy'])['Grants']);
    const isOwners = grants.every(
      (one) => text(asRecord(asRecord(one)['Grantee'])['ID']) === 'owner',
    );
    if (!isOwners) return undefined;
    const acl = inProperties(resource.declared, ['AccessControl']);
    if (!stack.template.proposalFor) return [{ path: acl, remove: true }];
    const given = inProperties(resource.declared, [grantsKey]);
    return [
      ...(resource.get(grantsKey).isSet ? [{ path: given, remove: true } as const] : []),
      { path: acl, value: 'Private' },
    ];
  },
  putBucketPolicy: (input, writing) =>
    policyApart(bucketPolicyOf(writing), 'PolicyDocument', text(input['Policy']) ?? '', writing, {
      type: 'AWS::S3::BucketPolicy',
      of: { Bucket: { Ref: writing.resource.declared.logicalId } },
    }),
  deleteBucketPolicy: (_, writing) => {
    const found = bucketPolicyOf(writing);
    return found && [{ path: found.declared.path, remove: true }];
  },
};

const reference = ({ resource }: Parameters<Write>[1]) => ({ Ref: resource.declared.logicalId });

export const sqsWrites: Writes = {
  setQueueAttributes: (input, writing) => {
    const { Policy, SqsManagedSseEnabled, ...others } = asRecord(input['Attributes']);
    if (Object.keys(others).length > 0) return undefined;
    const { resource, stack } = writing;
    if (SqsManagedSseEnabled !== undefined)
      return setting(resource, ['SqsManagedSseEnabled'], SqsManagedSseEnabled === 'true');
    const [found] = policiesOf(stack, resource, queuePolicies);
    return policyApart(found, 'PolicyDocument', text(Policy) ?? '', writing, {
      type: 'AWS::SQS::QueuePolicy',
      of: { Queues: [reference(writing)] },
    });
  },
};
export const snsWrites: Writes = {
  setTopicAttributes: (input, writing) => {
    const { AttributeName: name, AttributeValue: value } = input;
    const { resource, stack } = writing;
    if (name === 'KmsMasterKeyId') return setting(resource, ['KmsMasterKeyId'], value);
    if (name !== 'Policy') return undefined;
    const [found] = policiesOf(stack, resource, topicPolicies);
    return policyApart(found, 'PolicyDocument', text(value) ?? '', writing, {
      type: 'AWS::SNS::TopicPolicy',
      of: { Topics: [reference(writing)] },
    });
  },
};
export const kmsWrites: Writes = {
  enableKeyRotation: (_, { resource }) => setting(resource, ['EnableKeyRotation'], true),
  putKeyPolicy: (input, writing) => {
    const { resource } = writing;
    const set = resource.get('KeyPolicy');
    return set.isSet ? policyEdits(set, resource, text(input['Policy']) ?? '', writing) : undefined;
  },
};
export const ecrWrites: Writes = {
  putImageScanningConfiguration: (input, { resource }) =>
    setting(
      resource,
      ['ImageScanningConfiguration', 'ScanOnPush'],
      asRecord(input['imageScanningConfiguration'])['scanOnPush'],
    ),
  putImageTagMutability: (input, { resource }) =>
    setting(resource, ['ImageTagMutability'], input['imageTagMutability']),
  setRepositoryPolicy: (input, writing) => {
    const { resource } = writing;
    const set = resource.get('RepositoryPolicyText');
    return policyEdits(set, resource, text(input['policyText']) ?? '', writing);
  },
};
export const secretsWrites: Writes = {
  putResourcePolicy: (input, writing) => {
    const [found] = secretPolicies(writing.stack, writing.resource);
    const after = text(input['ResourcePolicy']) ?? '';
    return found && policyEdits(found.get('ResourcePolicy'), found, after, writing);
  },
};
