import type { WireError } from '../endpoint/answer.ts';
import type { DecodedCall, Protocol } from '../endpoint/call.ts';
import type { Need } from './iam-need.ts';

// JSON services answer 400, the REST ones and the query ones 403.
const forms: Readonly<Record<Protocol, Pick<WireError, 'code' | 'status'>>> = {
  'json1.0': { code: 'AccessDeniedException', status: 400 },
  'json1.1': { code: 'AccessDeniedException', status: 400 },
  'rest-json': { code: 'AccessDeniedException', status: 403 },
  'rest-xml': { code: 'AccessDenied', status: 403 },
  query: { code: 'AccessDenied', status: 403 },
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
  ec2: { code: 'UnauthorizedOperation', status: 403 },
};

/** AWS's refusal of a call in the form of its service:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export const denial = (
  { protocol }: DecodedCall,
  callerArn: string,
  { action, resource }: Need,
  why: string,
): WireError => {
  const target = resource === '*' ? '' : ` on resource: ${resource}`;
  const sentence = `User: ${callerArn} is not authorized to perform: ${action}${target} ${why}`;
  const prefix = protocol === 'ec2' ? 'You are not authorized to perform this operation. ' : '';
  return { ...forms[protocol], message: `${prefix}${sentence}` };
};
