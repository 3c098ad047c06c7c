import type { Announcement, IdsIn } from '../../model/resource-type.ts';
import { cloudformation } from '../../services/cloudformation.ts';
import { dynamodb } from '../../services/dynamodb.ts';
import { eventbridge } from '../../services/eventbridge.ts';
import { iam } from '../../services/iam.ts';
import { kms } from '../../services/kms.ts';
import { lambda } from '../../services/lambda.ts';
import { s3 } from '../../services/s3.ts';
import { sqs } from '../../services/sqs.ts';
import { asRecord } from '../../support/untyped.ts';
import { named, textsAt } from '../ids.ts';
import { earsPrefix } from './ears-names.ts';
import { here } from './here.ts';
import { stackPrefix } from './own-prefix.ts';
import { isAtWork, stackName } from './own-stack.ts';

type IsOurs = (name: string) => boolean;

interface Where {
  readonly request: readonly string[];
  readonly response?: readonly string[];
  /** Who calls need not name ours: what names nothing is read again, and nobody is a suspect by that alone. */
  readonly isOpen?: boolean;
}

/** The region where the call names one of these, or nothing: what it leaves out can be ours. */
const hereIf =
  (isOurs: IsOurs, { request, response = [], isOpen = false }: Where): IdsIn =>
  (detail, account) => {
    const names = [
      ...request.flatMap((path) => textsAt(detail, 'requestParameters', path)),
      ...response.flatMap((path) => textsAt(detail, 'responseElements', path)),
    ];
    if (names.length === 0 && isOpen) return 'all';
    return names.length === 0 || names.some(isOurs) ? here(detail, account) : [];
  };

/** The region where the call names one of these. */
const onlyIf = (isOurs: IsOurs, request: readonly string[]): IdsIn => {
  const idsIn = named({
    request,
    idOf: (name) => (isOurs(name) ? name : undefined),
    otherwise: 'none',
  });
  return (detail, account) => {
    const ids = idsIn(detail, account);
    return typeof ids === 'string' || ids.length === 0 ? ids : here(detail, account);
  };
};

/** Whether a name, an URL, or an ARN with or without what is inside of it, is of what a stack of ours has made. */
const isMadeBy =
  (prefix: string): IsOurs =>
  (name) =>
    name.split(/[/:]/).some((part) => part.startsWith(prefix));
const isOwn = isMadeBy(stackPrefix);
const isOwnStack: IsOurs = (name) => name === stackName || name.includes(`:stack/${stackName}/`);

const ears = earsPrefix(stackName);
const isOfEars = isMadeBy(ears);
/** One that calls itself like ears is read again as well. */
const isEarsStack: IsOurs = (name) => name.startsWith(ears) || name.includes(`:stack/${ears}`);
// `cdk-<qualifier>-assets-<account>-<region>`: https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html
const isAssetBucket = (name: string): boolean => /^cdk-\w+-assets-/.test(name);

const everything = [
  'stack',
  'functions',
  'eventRules',
  'queues',
  'buses',
  'tables',
  'keys',
  'roles',
  'assetBuckets',
] as const;

const stackChanges = <const F extends string>(facets: readonly F[], isOurs: IsOurs) =>
  ({
    via: 'cloudtrail',
    source: cloudformation.eventSource,
    calls: {
      CancelUpdateStack: facets,
      ContinueUpdateRollback: facets,
      CreateStack: facets,
      DeleteStack: facets,
      ExecuteChangeSet: facets,
      ExecuteStackRefactor: facets,
      RollbackStack: facets,
      UpdateStack: facets,
    },
    // A change set that is named by its ARN says nothing of its stack.
    idsIn: hereIf(isOurs, { request: ['stackName'], response: ['stackId'], isOpen: true }),
  }) as const satisfies Announcement;

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

const ruleChanges = (isOurs: IsOurs) =>
  ({
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
    idsIn: hereIf(isOurs, { request: ['name', 'rule'] }),
  }) as const satisfies Announcement;

/** Who may put events on the bus of the ears, and whether it is there. */
const ofBuses = {
  via: 'cloudtrail',
  source: eventbridge.eventSource,
  calls: {
    CreateEventBus: ['buses'],
    DeleteEventBus: ['buses', 'eventRules'],
    PutPermission: ['buses'],
    RemovePermission: ['buses'],
    UpdateEventBus: ['buses'],
  },
  // A call that names no bus is about the default one, which is nobody's.
  idsIn: onlyIf(isOwn, ['name', 'eventBusName']),
} as const satisfies Announcement;

const queueChanges = (isOurs: IsOurs) =>
  ({
    via: 'cloudtrail',
    source: sqs.eventSource,
    calls: {
      CreateQueue: ['queues'],
      DeleteQueue: ['queues'],
      SetQueueAttributes: ['queues'],
      AddPermission: ['queues'],
      RemovePermission: ['queues'],
    },
    idsIn: hereIf(isOurs, { request: ['queueUrl', 'queueName'] }),
  }) as const satisfies Announcement;

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

const ofAssets = {
  via: 'cloudtrail',
  source: s3.eventSource,
  calls: { DeleteBucketPolicy: ['assetBuckets'], PutBucketPolicy: ['assetBuckets'] },
  idsIn: onlyIf(isAssetBucket, ['bucketName']),
} as const satisfies Announcement;

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
  // What is not named here is somebody else's role or policy: most are.
  idsIn: onlyIf(isOwn, ['roleName', 'policyArn']),
} as const satisfies Announcement;

/** What changes our own deployment. */
export const ownAnnouncements = [
  stackChanges(everything, isOwnStack),
  ofFunctions,
  ruleChanges(isOwn),
  ofBuses,
  queueChanges(isOwn),
  ofTables,
  ofKeys,
  ofRoles,
  ofAssets,
] as const;

/** What changes the ears of a region. */
export const earsAnnouncements = [
  stackChanges(['stack', 'eventRules', 'queues'], isEarsStack),
  ruleChanges(isOfEars),
  queueChanges(isOfEars),
] as const;

/** CloudFormation is at work on our stack. */
export const isStackUnsettled = (stack: unknown): boolean =>
  isAtWork(String(asRecord(stack)['status']));
