import { parsePolicy } from '../../../lib/analysis/policies/policy-document.ts';
import { isPublic } from '../../../lib/controls/s3/shared/public-bucket.ts';
import type { Effects } from './effects.ts';

type Facts = Readonly<Record<string, unknown>>;

const record = (value: unknown): Facts => ({ ...Object(value) });
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isOn = ({ publicAccessBlock, accountPublicAccessBlock }: Facts, setting: string) =>
  record(publicAccessBlock)[setting] === true || record(accountPublicAccessBlock)[setting] === true;

const refuse = (code: string): never => {
  throw new Error(code);
};

const statementsOf = (text: string) => {
  const parsed = parsePolicy(text);
  return 'unreadable' in parsed ? refuse('MalformedPolicy') : parsed.statements;
};

export const s3: Effects = {
  putPublicAccessBlock: (snapshot, { PublicAccessBlockConfiguration }) => ({
    ...snapshot,
    publicAccessBlock: PublicAccessBlockConfiguration,
  }),
  deletePublicAccessBlock: (snapshot) => ({ ...snapshot, publicAccessBlock: undefined }),
  putBucketPolicy: (snapshot, { Policy }) => {
    const policy = String(Policy);
    const statements = statementsOf(policy);
    if (Buffer.byteLength(policy) > 20_480) refuse('PolicyTooLarge');
    if (/"A(ID|RO)A[A-Z0-9]{12,}"/.test(policy)) refuse('MalformedPolicy: invalid principal');
    if (isOn(snapshot, 'BlockPublicPolicy') && isPublic(statements)) refuse('AccessDenied');
    const sids = statements.flatMap(({ sid }) => sid ?? []);
    if (new Set(sids).size < sids.length) refuse('MalformedPolicy: a Sid twice');
    return { ...snapshot, policy };
  },
  putAccessPointPolicy: (snapshot, { Policy }) => {
    const policy = String(Policy);
    if (isOn(snapshot, 'BlockPublicPolicy') && isPublic(statementsOf(policy)))
      refuse('AccessDenied');
    return { ...snapshot, policy };
  },
  deleteBucketPolicy: (snapshot) => ({ ...snapshot, policy: undefined }),
  putBucketAcl: (snapshot, { AccessControlPolicy }) => {
    const { Owner, Grants } = record(AccessControlPolicy);
    const { ownership, acl } = snapshot;
    const grants = list(Grants);
    if (ownership === 'BucketOwnerEnforced') refuse('AccessControlListNotSupported');
    if (record(Owner)['ID'] !== record(acl)['ownerId']) refuse('AccessDenied: the owner stays');
    if (isOn(snapshot, 'BlockPublicAcls') && /groups.global/.test(JSON.stringify(grants)))
      refuse('AccessDenied');
    return { ...snapshot, acl: { ownerId: record(Owner)['ID'], grants } };
  },
  // What is blocked stays as it was where the rule says nothing of it.
  putBucketEncryption: (snapshot, { ServerSideEncryptionConfiguration }) => {
    const rule = record(list(record(ServerSideEncryptionConfiguration)['Rules'])[0]);
    const blocked = record(snapshot['encryption'])['BlockedEncryptionTypes'];
    const kept = blocked === undefined ? {} : { BlockedEncryptionTypes: blocked };
    return { ...snapshot, encryption: { ...kept, ...rule } };
  },
  // No rule is left; AWS then encrypts as if there were one of SSE-S3:
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketEncryption.html
  deleteBucketEncryption: (snapshot) => ({ ...snapshot, encryption: undefined }),
  putBucketVersioning: (snapshot, { VersioningConfiguration }) => ({
    ...snapshot,
    versioning: {
      ...record(snapshot['versioning']),
      status: record(VersioningConfiguration)['Status'],
    },
  }),
  putBucketLogging: (snapshot, { BucketLoggingStatus }) => ({
    ...snapshot,
    logging: record(BucketLoggingStatus)['LoggingEnabled'],
    logTarget: record(BucketLoggingStatus)['LoggingEnabled'] && snapshot['namedLogTarget'],
  }),
};

/** The account's own settings of S3 are called through a service of their own. */
export const s3control: Effects = { ...s3 };
