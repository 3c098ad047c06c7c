import {
  type Call,
  type Evidence,
  fail,
  type Plan,
  pass,
  propose,
  type Verdict,
} from '../../model/control.ts';
import type { Ref } from '../../model/resource-type.ts';
import { evaluateStatements } from './evaluate-statements.ts';
import { closedPolicy } from './policy-closing.ts';
import { type PolicyDocument, parsePolicy, type Statement } from './policy-document.ts';
import { isDeletedId } from './principals.ts';
import { everyActionOf, openStatements, type Side } from './public-statements.ts';

/** Whose policy it is. */
export interface PolicyOwner {
  readonly ref: Ref;
  readonly arn: string;
}

/** How the policy of one kind of resource is written: whole, over the one that is there. */
export interface PolicyWriter {
  /** The prefix of its actions in IAM, `sqs`. */
  readonly service: string;
  /** The actions that the policy is about. @default - every one of `service` */
  readonly side?: Side;
  put(place: PolicyOwner, text: string): Call;
  /** Of the text in UTF-8; AWS takes no longer one. */
  readonly mostBytes: number;
  /** Why AWS would refuse a policy, or nobody could change it any more; `undefined` where nothing is known against it. */
  refuses?(after: PolicyDocument, place: PolicyOwner): string | undefined;
  /** Why a person decides though AWS would take it: writing it does more than that, or not enough. @default - nothing */
  leftToPeople?(place: PolicyOwner): string;
  /** What it risks that callers of other accounts can no longer use the resource. */
  readonly risk: 'safe' | 'disruptive';
}

const evidenceOf = ({ path, principals, conditions }: Statement): Evidence => ({
  path: `policy.${path}.${principals?.not ? 'NotPrincipal' : 'Principal'}`,
  actual: principals?.list.map(({ kind, id }) => `${kind}: ${id}`) ?? null,
  expected:
    conditions.length > 0
      ? 'fixed principals, or a condition that holds callers to fixed values: this one anybody can meet'
      : 'fixed principals, or a condition that holds callers to fixed values',
});

/**
 * Whether a resource policy lets in the public.
 * @param about whose actions count, by their prefixes in IAM
 */
export const evaluateOpenPolicy = (
  policy: string | undefined,
  ...about: readonly (string | Side)[]
): Verdict =>
  evaluateStatements(policy, (statements) => {
    const sides = about.map((one) => (typeof one === 'string' ? everyActionOf(one) : one));
    const open = [...new Set(sides.flatMap((side) => openStatements(statements, side)))];
    return open.length === 0 ? pass : fail('the policy lets in anybody', open.map(evidenceOf));
  });

// AWS takes no policy back that names one: "Invalid principal".
const deletedIn = ({ principals }: Statement): readonly string[] =>
  (principals?.list ?? []).flatMap(({ kind, id }) =>
    kind === 'AWS' && isDeletedId(id) ? [id] : [],
  );

/** Why a policy is not written by itself: it may not be, or not be taken back, or a person decides; `undefined` where nothing is known against it. */
const objectionTo = (
  before: string,
  after: string,
  writer: PolicyWriter,
  place: PolicyOwner,
): string | undefined => {
  const was = parsePolicy(before);
  const deleted = 'unreadable' in was ? [] : was.statements.flatMap(deletedIn);
  if (deleted.length > 0)
    return `the policy names ${deleted[0]}, a principal that was deleted, and AWS takes no policy with such a name`;
  if (new TextEncoder().encode(after).length > writer.mostBytes)
    return `the policy would be longer than the ${writer.mostBytes} bytes that AWS takes`;
  return writer.refuses?.(parsePolicy(after), place) ?? writer.leftToPeople?.(place);
};

/** Writes a policy that lets fewer in over the one that is there; left to a person where AWS would refuse it, or its writer says so. */
export const planPolicy = (
  before: string,
  after: string,
  writer: PolicyWriter,
  {
    ref,
    arn,
    summary,
    risk,
  }: PolicyOwner & { readonly summary: string; readonly risk: PolicyWriter['risk'] },
): Plan => {
  const place = { ref, arn };
  const calls = [writer.put(place, after)];
  const objection = objectionTo(before, after, writer, place);
  if (objection !== undefined) return propose(objection, calls);
  const undo = { calls: [writer.put(place, before)], widensAccess: true };
  return { kind: 'calls', risk, summary, calls, undo };
};

/** Holds what the policy opens to the public to its own account, and to services that act for it. */
export const planClosing = (
  policy: string | undefined,
  writer: PolicyWriter,
  { ref, arn }: PolicyOwner,
): Plan => {
  const after =
    policy === undefined
      ? undefined
      : closedPolicy(policy, writer.side ?? everyActionOf(writer.service), ref.account);
  if (policy === undefined || after === undefined)
    return propose('the open statements do not tell whom they are meant for');
  const summary = 'holds what the policy opens to anybody to the own account';
  return planPolicy(policy, after, writer, { ref, arn, summary, risk: writer.risk });
};
