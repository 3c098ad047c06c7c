import { withStatements, writtenStatements } from '../../../analysis/policies/policy-closing.ts';
import { parsePolicy, type Statement } from '../../../analysis/policies/policy-document.ts';
import type { Written } from '../../../analysis/policies/policy-editing.ts';
import { type Plan, propose, type Snapshot, type TakenOut } from '../../../model/control.ts';
import type { s3Bucket } from '../../../resources/s3/s3-bucket.ts';
import { putPolicy, refusalOf, restorePolicy } from './bucket-policy-text.ts';
import { refusesOnlyPlainHttp } from './plain-http.ts';
import { isOn, isPublic } from './public-bucket.ts';

/** What the plan reads beside the policy. */
export const plainHttpNeeds = ['accountPublicAccessBlock', 'publicAccessBlock', 'website'] as const;
type State = Snapshot<typeof s3Bucket, 'policy' | (typeof plainHttpNeeds)[number]>;

/** By which a statement of ours is known again. */
const sid = 'PlumblineDenyInsecureTransport';

// The owner is refused without TLS as well, but nobody over it: whoever could undo the statement still can.
const refusal = (arn: string): Written => ({
  Sid: sid,
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [arn, `${arn}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

const isOurs = (statement: Statement): boolean => statement.sid === sid;

/**
 * The policy with our refusal, which takes the place of an earlier one. Only what refuses nothing over TLS gives way to
 * it: a statement of our name that does something else is somebody's, and there is then no such policy.
 */
export const refusingPlainHttp = (
  policy: string | undefined,
  statements: readonly Statement[],
  arn: string,
): string | undefined => {
  if (policy === undefined)
    return JSON.stringify({ Version: '2012-10-17', Statement: [refusal(arn)] });
  if (statements.some((one) => isOurs(one) && !refusesOnlyPlainHttp(one))) return undefined;
  const theirs = writtenStatements(policy).filter((_, index) => {
    const statement = statements[index];
    return !statement || !isOurs(statement);
  });
  return withStatements(policy, [...theirs, refusal(arn)]);
};

/** The policy of now without our refusal, which every other statement outlives. */
export const withoutOurRefusal = (
  {
    policy,
    ...blocks
  }: Snapshot<typeof s3Bucket, 'policy' | 'accountPublicAccessBlock' | 'publicAccessBlock'>,
  before: unknown,
  Bucket: string,
): TakenOut | undefined => {
  // One that was there before is not what the plan added.
  if (policy === undefined || (typeof before === 'string' && before.includes(sid)))
    return undefined;
  const parsed = parsePolicy(policy);
  if ('unreadable' in parsed) return undefined;
  const { statements } = parsed;
  const ours = statements.filter(isOurs);
  const others = statements.filter((one) => !isOurs(one));
  if (ours.length !== 1 || !ours.every(refusesOnlyPlainHttp) || others.length === 0)
    return undefined;
  const written = writtenStatements(policy).filter((_, index) =>
    others.some((one) => one === statements[index]),
  );
  const text = withStatements(policy, written);
  // S3 would refuse to set it, or to set it again.
  if (refusalOf(text, others) !== undefined) return undefined;
  if (isOn(blocks, 'BlockPublicPolicy') && isPublic(others)) return undefined;
  return { calls: [putPolicy(Bucket, text)], wanted: { policy: text } };
};

export const planRefusalOfPlainHttp = (state: State, Bucket: string, arn: string): Plan => {
  const parsed = parsePolicy(state.policy ?? '{"Statement":[]}');
  if ('unreadable' in parsed)
    return propose(`the bucket policy cannot be made out: ${parsed.unreadable}`);
  const policy = refusingPlainHttp(state.policy, parsed.statements, arn);
  if (policy === undefined)
    return propose(`a statement named ${sid} does something else than refuse requests without TLS`);
  const calls = [putPolicy(Bucket, policy)];
  // Its endpoint has no TLS (S3 user guide, "Website endpoints").
  if (state.website)
    return propose('the bucket is a website, whose visitors come without TLS', calls);
  const refused = refusalOf(policy, parsed.statements);
  if (refused !== undefined) return propose(refused);
  if (isOn(state, 'BlockPublicPolicy') && isPublic(parsed.statements))
    return propose('the bucket policy is public, and BlockPublicPolicy refuses to set it again');
  return {
    kind: 'calls',
    risk: 'safe',
    summary: 'adds a statement to the bucket policy that refuses requests without TLS',
    calls,
    undo: { calls: [restorePolicy(Bucket, state.policy)], widensAccess: true },
  };
};
