import type { DecodedCall } from '../endpoint/call.ts';
import type { Identity } from './sts-identity.ts';

/** The condition keys that every request carries, in lower case:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
export const contextOf = (
  call: DecodedCall,
  caller: Identity,
  account: string,
  organizationOf: OrganizationOf = () => undefined,
): Map<string, readonly string[]> => {
  const { sourceIdentity } = caller.sessionContext ?? {};
  const context = new Map<string, readonly string[]>([
    ['aws:currenttime', [new Date().toISOString()]],
    ['aws:requestedregion', [call.region]],
    ['aws:resourceaccount', [account]],
    ['aws:securetransport', ['true']],
    ['aws:sourceip', [call.sourceIp]],
    ['aws:useragent', [call.userAgent]],
  ]);
  for (const [key, values] of requestKeys(call)) context.set(key, values);
  // Whoever signs nothing is nobody: keys of the principal are absent then.
  if (call.accessKeyId === undefined) return context;
  context.set('aws:principalisawsservice', [String(caller.invokedBy !== undefined)]);
  const principal = caller.sessionContext?.sessionIssuer.arn ?? caller.arn;
  if (principal !== undefined) context.set('aws:principalarn', [principal]);
  if (caller.accountId !== undefined) context.set('aws:principalaccount', [caller.accountId]);
  const own = organizationOf(caller.accountId ?? '');
  if (own !== undefined) context.set('aws:principalorgid', [own]);
  const owner = organizationOf(ownerOf(call) ?? account);
  if (owner !== undefined) context.set('aws:resourceorgid', [owner]);
  if (caller.principalId !== undefined) context.set('aws:userid', [caller.principalId]);
  if (caller.userName !== undefined) context.set('aws:username', [caller.userName]);
  if (sourceIdentity !== undefined) context.set('aws:sourceidentity', [sourceIdentity]);
  return context;
};

/** The organization that an account is in. */
export type OrganizationOf = (account: string) => string | undefined;

/** The account of the role that is to be assumed. */
const ownerOf = ({ service, input }: DecodedCall): string | undefined =>
  service === 'sts' ? String(input['RoleArn'] ?? '').split(':')[4] : undefined;

type Input = Readonly<Record<string, unknown>>;
type Keys = readonly (readonly [string, readonly string[]])[];

// Service condition keys that our own roles use.
const requestKeys = ({ service, input }: DecodedCall): Keys => {
  if (service === 'eventbridge') return [['events:source', eventSources(input)]];
  if (service === 'dynamodb') return [['dynamodb:leadingkeys', leadingKeys(input)]];
  const status = (input['Workflow'] as { Status?: string } | undefined)?.Status;
  return service === 'securityhub' && status !== undefined
    ? [['securityhub:asffsyntaxpath/workflow.status', [status]]]
    : [];
};

const eventSources = ({ Entries }: Input): readonly string[] =>
  (Array.isArray(Entries) ? Entries : []).flatMap(({ Source }: Input) =>
    typeof Source === 'string' ? [Source] : [],
  );

// The partition key of our tables is called pk; a call names it in Key or Item, or in those of each of its parts.
const leadingKeys = (input: Input): readonly string[] =>
  Object.entries(input).flatMap(([member, value]) => {
    if (typeof value !== 'object' || value === null) return [];
    if (member !== 'Key' && member !== 'Item') return leadingKeys(value as Input);
    const { pk } = value as { pk?: { S?: string } };
    return pk?.S === undefined ? [] : [pk.S];
  });
