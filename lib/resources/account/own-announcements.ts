import type { Announcement, IdsIn } from '../../model/resource-type.ts';
import { cloudformation } from '../../services/cloudformation.ts';
import { dynamodb } from '../../services/dynamodb.ts';
import { eventbridge } from '../../services/eventbridge.ts';
import { iam } from '../../services/iam.ts';
import { kms } from '../../services/kms.ts';
import { lambda } from '../../services/lambda.ts';
import { s3 } from '../../services/s3.ts';
import { sqs } from '../../services/sqs.ts';
import { record } from '../../support/untyped.ts';
import { named, textsAt } from '../ids.ts';
import { here } from './here.ts';
import { stackPrefix } from './own-prefix.ts';
import { stackName } from './own-stack.ts';

interface Where {
  readonly request: readonly string[];
  readonly response?: readonly string[];
  /** Who calls need not name ours: what names nothing is read again, and nobody is a suspect by that alone. */
  readonly isOpen?: boolean;
}

/** The region where the call names one of these, or nothing: what it leaves out can be ours. */
const hereIf =
  (isOurs: (name: string) => boolean, { request, response = [], isOpen = false }: Where): IdsIn =>
  (detail, account) => {
    const names = [
      ...request.flatMap((path) => textsAt(detail, 'requestParameters', path)),
      ...response.flatMap((path) => textsAt(detail, 'responseElements', path)),
    ];
    if (names.length === 0 && isOpen) return 'all';
    return names.length === 0 || names.some(isOurs) ? here(detail, account) : [];
  };

/** A name, an URL, or an ARN with or without what is inside of it. */
const isOwn = (name: string): boolean =>
  name.split(/[/:]/).some((part) => part.startsWith(stackPrefix));
const isOwnStack = (name: string): boolean =>
  name === stackName || name.includes(`:stack/${stackName}/`);
// `cdk-<qualifier>-assets-<account>-<region>`: https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html
const isAssetBucket = (name: string): boolean => /^cdk-\w+-assets-/.test(name);

const everything = [
  'stack',
  'functions',
  'eventRules',
  'queues',
  'tables',
  'keys',
  'roles',
  'assetBuckets',
] as const;

const ofStack = {
  via: 'cloudtrail',
  source: cloudformation.eventSource,
  calls: {
    CancelUpdateStack: everything,
    ContinueUpdateRollback: everything,
    CreateStack: everything,
    DeleteStack: everything,
    ExecuteChangeSet: everything,
    ExecuteStackRefactor: everything,
    RollbackStack: everything,
    UpdateStack: everything,
  },
  // A change set that is named by its ARN says nothing of its stack.
  idsIn: hereIf(isOwnStack, { request: ['stackName'], response: ['stackId'], isOpen: true }),
} as const satisfies Announcement;

// Lambda's calls have the version of its API in their names:
// https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html
const ofFunctions = {
  via: 'cloudtrail',
  source: lambda.eventSource,
  calls: {
    AddPermission20150331v2: ['functions'],
    CreateEventSourceMapping20150331: ['functions'],
    DeleteEventSourceMapping20150331: ['functions'],
    DeleteFunction20150331: ['functions'],
    DeleteFunctionConcurrency20171031: ['functions'],
    PutFunctionConcurrency20171031: ['functions'],
    RemovePermission20150331v2: ['functions'],
    UpdateEventSourceMapping20150331: ['functions'],
    UpdateFunctionCode20150331v2: ['functions'],
    UpdateFunctionConfiguration20150331v2: ['functions'],
  },
  idsIn: hereIf(isOwn, { request: ['functionName'], response: ['functionArn', 'functionName'] }),
} as const satisfies Announcement;

const ofRules = {
  via: 'cloudtrail',
  source: eventbridge.eventSource,
  calls: {
    PutRule: ['eventRules'],
    EnableRule: ['eventRules'],
    DisableRule: ['eventRules'],
    DeleteRule: ['eventRules'],
    PutTargets: ['eventRules'],
    RemoveTargets: ['eventRules'],
  },
  idsIn: hereIf(isOwn, { request: ['name', 'rule'] }),
} as const satisfies Announcement;

const ofQueues = {
  via: 'cloudtrail',
  source: sqs.eventSource,
  calls: {
    CreateQueue: ['queues'],
    DeleteQueue: ['queues'],
    SetQueueAttributes: ['queues'],
    AddPermission: ['queues'],
    RemovePermission: ['queues'],
  },
  idsIn: hereIf(isOwn, { request: ['queueUrl', 'queueName'] }),
} as const satisfies Announcement;

const ofTables = {
  via: 'cloudtrail',
  source: dynamodb.eventSource,
  calls: {
    DeleteResourcePolicy: ['tables'],
    DeleteTable: ['tables'],
    PutResourcePolicy: ['tables'],
    UpdateTable: ['tables'],
    UpdateTimeToLive: ['tables'],
  },
  idsIn: hereIf(isOwn, { request: ['tableName', 'resourceArn'] }),
} as const satisfies Announcement;

/** A key's id does not say whose it is: it is read again, and nobody is a suspect by that alone. */
const ofKeys = {
  via: 'cloudtrail',
  source: kms.eventSource,
  calls: {
    CancelKeyDeletion: ['keys'],
    DisableKey: ['keys'],
    EnableKey: ['keys'],
    PutKeyPolicy: ['keys'],
    ScheduleKeyDeletion: ['keys'],
  },
  idsIn: () => 'all',
} as const satisfies Announcement;

const assetBucketsIn = named({
  request: ['bucketName'],
  idOf: (name) => (isAssetBucket(name) ? name : undefined),
  otherwise: 'none',
});
const ofAssets = {
  via: 'cloudtrail',
  source: s3.eventSource,
  calls: { DeleteBucketPolicy: ['assetBuckets'], PutBucketPolicy: ['assetBuckets'] },
  idsIn: (detail, account) => {
    const ids = assetBucketsIn(detail, account);
    return typeof ids === 'string' || ids.length === 0 ? ids : here(detail, account);
  },
} as const satisfies Announcement;

// What is not named here is somebody else's role or policy: most are.
const rolesIn = named({
  request: ['roleName', 'policyArn'],
  idOf: (name) => (isOwn(name) ? name : undefined),
  otherwise: 'none',
});
const ofRoles = {
  via: 'cloudtrail',
  source: iam.eventSource,
  calls: {
    AttachRolePolicy: ['roles'],
    CreatePolicyVersion: ['roles'],
    DeletePolicyVersion: ['roles'],
    DeleteRole: ['roles'],
    DeleteRolePermissionsBoundary: ['roles'],
    DeleteRolePolicy: ['roles'],
    DetachRolePolicy: ['roles'],
    PutRolePermissionsBoundary: ['roles'],
    PutRolePolicy: ['roles'],
    SetDefaultPolicyVersion: ['roles'],
    UpdateAssumeRolePolicy: ['roles'],
  },
  idsIn: (detail, account) => {
    const ids = rolesIn(detail, account);
    return typeof ids === 'string' || ids.length === 0 ? ids : here(detail, account);
  },
} as const satisfies Announcement;

/** What changes our own deployment. */
export const ownAnnouncements = [
  ofStack,
  ofFunctions,
  ofRules,
  ofQueues,
  ofTables,
  ofKeys,
  ofRoles,
  ofAssets,
] as const;

/** CloudFormation is at work on our stack. */
export const isStackUnsettled = (stack: unknown): boolean =>
  /_IN_PROGRESS$/.test(String(record(stack)['status']));
