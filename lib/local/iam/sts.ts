import type { IAM } from '@aws-sdk/client-iam';
import type { AssumeRoleRequest, AssumeRoleResponse, STS } from '@aws-sdk/client-sts';
import { errorAnswer, okAnswer, type WireError } from '../endpoint/answer.ts';
import type { Answer, Before, DecodedCall } from '../endpoint/call.ts';
import { contextOf, type OrganizationOf } from './iam-context.ts';
import { decideTrust, type Policy } from './iam-policy.ts';
import {
  accountOf,
  callerOf,
  type Identity,
  identityOfKey,
  identityOfSession,
  type Session,
} from './sts-identity.ts';

export interface StsOptions {
  readonly account: string;
  /** Clients of moto itself, past the endpoint. */
  readonly iam: IAM;
  /** Of other accounts that there are. @default - there are none */
  readonly iamOf?: (account: string) => IAM | undefined;
  readonly sts: (accessKeyId: string) => STS;
  /** The organization that an account is in. @default - there is none */
  readonly organizationOf?: OrganizationOf | undefined;
}
export interface Sts {
  readonly before: Before;
  /** Who an access key belongs to, as CloudTrail writes it. Keys that IAM does not know are users of that name. */
  identityOf(accessKeyId: string | undefined): Promise<Identity>;
  sessionOf(accessKeyId: string | undefined): Session | undefined;
  /** An access key with which a service, `lambda.amazonaws.com`, assumes the roles that trust it. */
  serviceKey(service: string): string;
}

const trustPolicy = async (iam: IAM | undefined, roleArn: string): Promise<Policy | undefined> => {
  if (!iam) return undefined;
  const RoleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  try {
    const { Role } = await iam.getRole({ RoleName });
    return JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '{}'));
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchEntityException') return undefined;
    throw error;
  }
};

/** Why somebody may not assume a role, by the trust policy of the role. */
const refusalBy = async (
  call: DecodedCall,
  request: AssumeRoleRequest,
  caller: Identity,
  { iam, account, iamOf = () => undefined, organizationOf }: StsOptions,
) => {
  const actions = ['sts:AssumeRole'];
  if (request.SourceIdentity !== undefined) actions.push('sts:SetSourceIdentity');
  if (request.Tags?.length) actions.push('sts:TagSession');
  const owner = accountOf(request.RoleArn);
  // A role in an account that nobody has is refused as one that does not trust.
  const trust = await trustPolicy(owner === account ? iam : iamOf(owner), request.RoleArn ?? '');
  const context = contextOf(call, caller, account, organizationOf);
  if (request.ExternalId) context.set('sts:externalid', [request.ExternalId]);
  if (request.SourceIdentity) context.set('sts:sourceidentity', [request.SourceIdentity]);
  const refused = actions.find(
    (action) =>
      !trust ||
      decideTrust(trust, { action, resource: '*', context }, callerOf(caller)) !== 'allowed',
  );
  return refused && accessDenied(refused, request.RoleArn ?? '', caller);
};

const sessionOf = (
  request: AssumeRoleRequest,
  output: AssumeRoleResponse,
  by: Session | undefined,
): Session => {
  // A source identity, once set, goes on to the roles assumed from its session.
  const sourceIdentity = request.SourceIdentity ?? by?.sourceIdentity;
  return {
    accessKeyId: output.Credentials?.AccessKeyId ?? '',
    roleArn: request.RoleArn ?? '',
    roleId: output.AssumedRoleUser?.AssumedRoleId?.split(':')[0] ?? '',
    name: request.RoleSessionName ?? '',
    policyArns: (request.PolicyArns ?? []).flatMap(({ arn }) => arn ?? []),
    startedAt: new Date(),
    ...(request.Policy !== undefined && { policy: JSON.parse(request.Policy) as Policy }),
    ...(sourceIdentity !== undefined && { sourceIdentity }),
  };
};

export const createSts = (options: StsOptions): Sts => {
  const sessions = new Map<string, Session>();
  const services = new Map<string, string>();
  const identities = new Map<string, Promise<Identity>>();

  const identityOf = (key = 'anonymous'): Promise<Identity> => {
    const session = sessions.get(key);
    if (session) return Promise.resolve(identityOfSession(session));
    const service = services.get(key);
    if (service) return Promise.resolve({ type: 'AWSService', invokedBy: service });
    const known = identities.get(key);
    if (known) return known;
    const clients = { sts: options.sts(key), iam: options.iam };
    const found = identityOfKey(key, clients, options.account);
    identities.set(key, found);
    return found;
  };
  const self: Sts = {
    before: (call) => {
      if (call.service !== 'sts') return undefined;
      if (call.operation === 'AssumeRole') return assumeRole(call);
      return call.operation === 'GetCallerIdentity' ? callerIdentity(call) : undefined;
    },
    identityOf,
    sessionOf: (key) => (key === undefined ? undefined : sessions.get(key)),
    serviceKey: (service) => {
      const key = `SERVICE${crypto.randomUUID().replaceAll('-', '').toUpperCase()}`;
      services.set(key, service);
      return key;
    },
  };

  const callerIdentity = async (call: DecodedCall): Promise<Answer> => {
    const identity = await identityOf(call.accessKeyId);
    return okAnswer(call, {
      UserId: identity.principalId,
      Account: identity.accountId,
      Arn: identity.arn,
    });
  };

  const assumeRole = async (call: DecodedCall): Promise<Answer> => {
    const { RoleArn, RoleSessionName, ...others } = call.input as Partial<AssumeRoleRequest>;
    const request = { RoleArn, RoleSessionName, ...others };
    const malformed = faultOf(request);
    if (malformed) return errorAnswer(call, malformed);
    const caller = await identityOf(call.accessKeyId);
    const refusal = await refusalBy(call, request, caller, options);
    if (refusal) return errorAnswer(call, refusal);
    const output = await options.sts(call.accessKeyId ?? 'anonymous').assumeRole(request);
    remember(request, output, self.sessionOf(call.accessKeyId));
    return okAnswer(call, { ...output, SourceIdentity: request.SourceIdentity });
  };

  const remember = (request: AssumeRoleRequest, output: AssumeRoleResponse, by?: Session) => {
    const session = sessionOf(request, output, by);
    sessions.set(session.accessKeyId, session);
  };

  return self;
};

const accessDenied = (
  action: string,
  resource: string,
  { arn, invokedBy }: Identity,
): WireError => ({
  code: 'AccessDenied',
  message: `User: ${arn ?? invokedBy} is not authorized to perform: ${action} on resource: ${resource}`,
  status: 403,
});

// Lengths and patterns: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
const name = /^[\w+=,.@-]{2,64}$/;
const maxPolicyCharacters = 2048;
const faultOf = (request: AssumeRoleRequest): WireError | undefined => {
  const invalid = (message: string) => ({ code: 'ValidationError', message, status: 400 });
  if (!name.test(request.RoleSessionName ?? ''))
    return invalid(`roleSessionName '${request.RoleSessionName}' must match ${name.source}`);
  if (request.SourceIdentity !== undefined && !name.test(request.SourceIdentity))
    return invalid(`sourceIdentity '${request.SourceIdentity}' must match ${name.source}`);
  if ((request.Policy?.length ?? 0) > maxPolicyCharacters)
    return invalid(
      `policy must have at most ${maxPolicyCharacters} characters, not ${request.Policy?.length}`,
    );
  return request.Policy !== undefined && !isJson(request.Policy)
    ? {
        code: 'MalformedPolicyDocument',
        message: 'The policy is not in the valid JSON format.',
        status: 400,
      }
    : undefined;
};
const isJson = (text: string) => {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
};
