import type { IAM } from '@aws-sdk/client-iam';
import { errorAnswer } from '../endpoint/answer.ts';
import type { After, Before, DecodedCall } from '../endpoint/call.ts';
import { needsNoPermission } from './iam-actions.ts';
import { contextOf } from './iam-context.ts';
import { denial } from './iam-denial.ts';
import { withPath } from './iam-paths.ts';
import { reasonAgainst } from './iam-policy.ts';
import { needsOf } from './iam-resources.ts';
import { createRolePolicies } from './iam-role-policies.ts';
import type { Sts } from './sts.ts';
import { identityOfSession, type Session } from './sts-identity.ts';

export interface IamOptions {
  readonly account: string;
  /** A client of moto itself, past the endpoint. */
  readonly iam: IAM;
  readonly sts: Sts;
  /** Whether a role's calls are held to its policies; everybody else may do everything. */
  readonly isOurs: (roleArn: string) => boolean;
  /** Told, in a sentence, of each call that was denied. */
  readonly onDenied?: (sentence: string) => void;
}

/** Holds the roles of our own stack to what role and session policy allow, as IAM does. */
export const enforceIam = (options: IamOptions): { before: Before; after: After } => {
  const policies = createRolePolicies(options.iam);
  const isIamWrite = ({ service, readOnly }: DecodedCall) => service === 'iam' && !readOnly;
  // A stack has roles and policies too.
  const changesPolicies = (call: DecodedCall) =>
    isIamWrite(call) || (call.service === 'cloudformation' && !call.readOnly);

  const refusal = async (call: DecodedCall, session: Session) => {
    const caller = identityOfSession(session);
    const context = contextOf(call, caller, options.account);
    const sets = await policies.of(session);
    for (const named of needsOf(call, options.account)) {
      // A role that may read any identity reads it at any path: only writes are held to one.
      const need = isIamWrite(call)
        ? { ...named, resource: await withPath(options.iam, named.resource) }
        : named;
      const keys = new Map([...context, ...(need.context ?? [])]);
      const why = reasonAgainst({ ...need, context: keys }, sets);
      if (why) return denial(call, caller.arn ?? '', need, why);
    }
    return undefined;
  };

  return {
    before: async (call) => {
      if (changesPolicies(call)) policies.forget();
      const session = options.sts.sessionOf(call.accessKeyId);
      if (!session || !options.isOurs(session.roleArn) || needsNoPermission(call)) return undefined;
      const refused = await refusal(call, session);
      if (!refused) return undefined;
      options.onDenied?.(refused.message);
      return errorAnswer(call, refused);
    },
    // A read that overlapped with the write may have stored what was before it.
    after: (call) => {
      if (changesPolicies(call)) policies.forget();
    },
  };
};
