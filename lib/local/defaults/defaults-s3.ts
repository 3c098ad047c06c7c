import { parsePolicy } from '../../analysis/policies/policy-document.ts';
import { publicStatements } from '../../controls/s3/shared/bucket-policy.ts';
import { isRecord } from '../../support/untyped.ts';
import { errorAnswer, okAnswer } from '../endpoint/answer.ts';
import { askS3, fieldsOf } from '../endpoint/ask.ts';
import type { Answer, Before, DecodedCall, Forward } from '../endpoint/call.ts';
import type { Fields } from '../endpoint/fields.ts';
import { modelOf } from '../endpoint/model.ts';
import { outputOf } from '../endpoint/output.ts';

/** Block Public Access and Object Ownership, which moto keeps but does not apply. */
export const bucketRules = (account: string): Before => {
  const answers: Readonly<Record<string, Before>> = {
    CreateBucket: createBucket,
    GetBucketPolicyStatus: getBucketPolicyStatus,
    PutBucketAcl: putBucketAcl(account),
    PutBucketPolicy: putBucketPolicy(account),
  };
  return (call, forward) =>
    call.service === 's3' ? answers[call.operation]?.(call, forward) : undefined;
};

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
const putBucketPolicy =
  (account: string): Before =>
  async (call, forward) => {
    if (!isPublicPolicy(String(call.input['Policy']))) return undefined;
    const blocked = await isBlocked(call, forward, account, 'BlockPublicPolicy');
    return blocked ? accessDenied(call) : undefined;
  };

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
const putBucketAcl =
  (account: string): Before =>
  async (call, forward) => {
    const ownership = await read(call, forward, 'GetBucketOwnershipControls', 'ownershipControls');
    if (JSON.stringify(ownership ?? {}).includes('BucketOwnerEnforced'))
      return refused(call, 'AccessControlListNotSupported', 'The bucket does not allow ACLs');
    if (!isPublicAcl(call.input)) return undefined;
    const blocked = await isBlocked(call, forward, account, 'BlockPublicAcls');
    return blocked ? accessDenied(call) : undefined;
  };

const createBucket: Before = (call) => {
  const { ACL: acl = 'private', ObjectOwnership: ownership = 'BucketOwnerEnforced' } = call.input;
  if (ownership === 'BucketOwnerEnforced' && (acl !== 'private' || hasGrants(call.input)))
    return refused(
      call,
      'InvalidBucketAclWithObjectOwnership',
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    );
  if (!isPublicAcl(call.input)) return undefined;
  return refused(
    call,
    'InvalidBucketAclWithBlockPublicAccessError',
    'Bucket cannot have public ACLs set with BlockPublicAccess enabled',
  );
};

// moto takes this for a listing of the bucket.
const getBucketPolicyStatus: Before = async (call, forward) => {
  const answer = await askS3(call, forward, `/${call.input['Bucket']}?policy`);
  if (answer.status >= 300) return answer;
  const IsPublic = isPublicPolicy(answer.body.toString());
  return okAnswer(call, { PolicyStatus: { IsPublic } });
};

const isPublicPolicy = (text: string) => {
  const policy = parsePolicy(text);
  if ('unreadable' in policy) return false;
  const { statements } = policy;
  return (['read', 'write'] as const).some((access) => publicStatements(statements, access).length);
};

const publicGroup = /global\/(AllUsers|AuthenticatedUsers)/;
const isPublicAcl = (input: Fields) =>
  /^(public-read|public-read-write|authenticated-read)$/.test(String(input['ACL'])) ||
  publicGroup.test(JSON.stringify(input['AccessControlPolicy'] ?? '')) ||
  grants(input).some((grant) => publicGroup.test(grant));

const grants = (input: Fields) =>
  Object.entries(input).flatMap(([name, value]) =>
    name.startsWith('Grant') ? [String(value)] : [],
  );
const hasGrants = (input: Fields) => grants(input).length > 0;

type Block = 'BlockPublicAcls' | 'BlockPublicPolicy';
const isBlocked = async (call: DecodedCall, forward: Forward, account: string, block: Block) =>
  isOn(await read(call, forward, 'GetPublicAccessBlock', 'publicAccessBlock'), block) ||
  isOn(await accountBlock(call, forward, account), block);

const isOn = (output: unknown, block: Block) => {
  const settings = isRecord(output) ? output['PublicAccessBlockConfiguration'] : undefined;
  return isRecord(settings) && settings[block] === true;
};

const accountBlock = async (call: DecodedCall, forward: Forward, account: string) => {
  const answer = await askS3(call, forward, '/v20180820/configuration/publicAccessBlock', account);
  return outputOf(await modelOf('s3control'), 'GetPublicAccessBlock', answer);
};

const read = async (call: DecodedCall, forward: Forward, operation: string, subresource: string) =>
  fieldsOf(call, operation, await askS3(call, forward, `/${call.input['Bucket']}?${subresource}`));

const refused = (call: DecodedCall, code: string, message: string): Answer =>
  errorAnswer(call, { code, message, status: 400 });
const accessDenied = (call: DecodedCall): Answer =>
  errorAnswer(call, { code: 'AccessDenied', message: 'Access Denied', status: 403 });
