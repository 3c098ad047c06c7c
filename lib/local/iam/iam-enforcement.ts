import type { IAM } from '@aws-sdk/client-iam';
import { errorAnswer, type WireError } from '../endpoint/answer.ts';
import type { After, Before, DecodedCall } from '../endpoint/call.ts';

import { needsNoPermission } from './iam-actions.ts';
import { contextOf, type OrganizationOf } from './iam-context.ts';
import { denial } from './iam-denial.ts';
import type { Need } from './iam-need.ts';
import { withPath } from './iam-paths.ts';
import { decideOn, type Request, reasonAgainst } from './iam-policy.ts';
import { needsOf } from './iam-resources.ts';
import { createRolePolicies } from './iam-role-policies.ts';
import { createResourcePolicies, type PolicyClients } from './resource-policies.ts';
import type { Sts } from './sts.ts';
import {
  accountOf,
  callerOf,
  type Identity,
  identityOfSession,
  type Session,
} from './sts-identity.ts';

export interface IamOptions extends PolicyClients {
  readonly account: string;
  /** A client of moto itself, past the endpoint. */
  readonly iam: IAM;
  /** Of other accounts that there are. @default - there are none */
  readonly iamOf?: (account: string) => IAM | undefined;
  readonly sts: Sts;
  /** The organization that an account is in. @default - there is none */
  readonly organizationOf?: OrganizationOf | undefined;
  /** Whether a role's calls are held to its policies; everybody else may do what no resource's policy denies. */
  readonly isOurs: (roleArn: string) => boolean;
  /** Told, in a sentence, of each call of such a role that was denied. */
  readonly onDenied?: (sentence: string) => void;
}

/** Whose a call is, and the IAM and the roles' policies of an account. */
const accountsOf = ({ account: home, iam, iamOf = () => undefined, sts }: IamOptions) => {
  const known = new Map<string, ReturnType<typeof createRolePolicies>>();
  const iamIn = (account: string): IAM => (account === home ? iam : (iamOf(account) ?? iam));
  return {
    accountBehind: ({ accessKeyId }: DecodedCall): string => {
      const session = sts.sessionOf(accessKeyId);
      return session ? accountOf(session.roleArn) : home;
    },
    iamIn,
    policiesIn: (account: string) => {
      const policies = known.get(account) ?? createRolePolicies(iamIn(account));
      known.set(account, policies);
      return policies;
    },
    forgetAll: () => {
      for (const policies of known.values()) policies.forget();
    },
  };
};

/**
 * Holds the roles of our own stack to what role and session policy allow, and everybody to the policies of resources,
 * as IAM does. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: it holds one call to each kind of policy.
export const enforceIam = (options: IamOptions): { before: Before; after: After } => {
  const { sts, isOurs } = options;
  const { accountBehind, iamIn, policiesIn, forgetAll } = accountsOf(options);
  const resourcePolicies = createResourcePolicies(options);
  const isIamWrite = ({ service, readOnly }: DecodedCall) => service === 'iam' && !readOnly;
  // No call on a user or a group changes what a role has. A stack has roles and policies too.
  const changesRoles = (call: DecodedCall) =>
    (isIamWrite(call) && !('UserName' in call.input || 'GroupName' in call.input)) ||
    (call.service === 'cloudformation' && !call.readOnly);
  const forget = (call: DecodedCall) => {
    if (changesRoles(call)) forgetAll();
    resourcePolicies.forget(call);
  };

  const contextIn = (call: DecodedCall, caller: Identity) =>
    contextOf(call, caller, accountBehind(call), options.organizationOf);
  const requestOf = (call: DecodedCall, caller: Identity, need: Need): Request => ({
    ...need,
    context: new Map([...contextIn(call, caller), ...(need.context ?? [])]),
  });

  /** Anybody of the account may do everything here but what a resource's policy denies; nobody, what it allows. */
  const refusedByResource = async (
    call: DecodedCall,
    caller: Identity,
  ): Promise<WireError | undefined> => {
    if (!resourcePolicies.isKnownKind(call)) return undefined;
    const isNobody = call.accessKeyId === undefined;
    for (const need of needsOf(call, accountBehind(call))) {
      const policy = await resourcePolicies.of(call.service, need.resource);
      const principal = isNobody ? {} : callerOf(caller);
      const decision = policy && decideOn(policy, requestOf(call, caller, need), principal);
      if (decision === 'denied')
        return denial(call, nameOf(call, caller), need, explicit('a resource-based policy'));
      if (isNobody && decision !== 'allowed' && !resourcePolicies.isOpenOtherwise(call))
        return denial(call, nameOf(call, caller), need, 'because no policy allows it');
    }
    return undefined;
  };

  const refusedByRole = async (call: DecodedCall, session: Session, caller: Identity) => {
    const account = accountBehind(call);
    const sets = await policiesIn(account).of(session);
    const refusalOf = (need: Need) => reasonAgainst(requestOf(call, caller, need), sets);
    for (const named of needsOf(call, account)) {
      // Who may read any identity need not be asked for its path.
      if (!isIamWrite(call) && !refusalOf(named)) continue;
      const need = { ...named, resource: await withPath(iamIn(account), named.resource) };
      const why = refusalOf(need);
      if (why) return denial(call, nameOf(call, caller), need, why);
    }
    return undefined;
  };

  return {
    before: async (call) => {
      forget(call);
      const session = sts.sessionOf(call.accessKeyId);
      const own = session && isOurs(session.roleArn) ? session : undefined;
      if (needsNoPermission(call) || !(own || resourcePolicies.isKnownKind(call))) return undefined;
      const caller = session ? identityOfSession(session) : await sts.identityOf(call.accessKeyId);
      const refused =
        (await refusedByResource(call, caller)) ??
        (own && (await refusedByRole(call, own, caller)));
      if (!refused) return undefined;
      if (own) options.onDenied?.(refused.message);
      return errorAnswer(call, refused);
    },
    // A read that overlapped with the write may have stored what was before it.
    after: forget,
  };
};

const explicit = (policy: string) => `with an explicit deny in ${policy}`;
const nameOf = ({ accessKeyId }: DecodedCall, { arn, invokedBy }: Identity) =>
  accessKeyId === undefined ? 'anonymous' : (arn ?? invokedBy ?? '');
