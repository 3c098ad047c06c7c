import { quotas } from '../../infrastructure/quotas.ts';
import { isRecord } from '../../support/untyped.ts';
import { errorAnswer } from '../endpoint/answer.ts';
import type { Before } from '../endpoint/call.ts';
import { many } from '../iam/iam-match.ts';
import type { Policy, Statement } from '../iam/iam-policy.ts';

const conditionsOf = ({ Condition = {} }: Statement) =>
  Object.values(Condition).flatMap((keys) => Object.keys(keys));
const principalsOf = ({ Principal, NotPrincipal }: Statement) =>
  [Principal, NotPrincipal].flatMap((named) =>
    typeof named === 'object' ? Object.values(named).flatMap(many) : (named ?? []),
  );
const actionsOf = ({ Action, NotAction }: Statement) => many(Action ?? NotAction);

const parsed = (text: string): Policy | undefined => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** In what a queue's policy is more than SQS takes, a sentence for each. */
export const queuePolicyFaults = (text: string): readonly string[] => {
  const policy = parsed(text);
  if (!policy) return ["a queue's policy is no JSON"];
  const statements = many(policy.Statement);
  const most = quotas.queuePolicy;
  const counts = [
    ['bytes', Buffer.byteLength(text), most.bytes],
    ['statements', statements.length, most.statements],
    ['conditions', statements.flatMap(conditionsOf).length, most.conditions],
    ['principals', statements.flatMap(principalsOf).length, most.principals],
    ...statements.map(
      (statement, index) =>
        [
          `actions in statement ${index + 1}`,
          actionsOf(statement).length,
          most.actionsOfAStatement,
        ] as const,
    ),
  ] as const;
  return counts.flatMap(([what, count, limit]) =>
    count > limit ? [`a queue's policy has ${count} ${what}; SQS takes ${limit}`] : [],
  );
};

/** Refuses a queue's policy that is more than SQS takes; moto takes any. */
export const queuePolicyQuotas: Before = (call) => {
  if (call.service !== 'sqs' || !/^(SetQueueAttributes|CreateQueue)$/.test(call.operation))
    return undefined;
  const { Attributes } = call.input;
  const text = isRecord(Attributes) ? Attributes['Policy'] : undefined;
  // An empty one takes the policy away.
  const [fault] = typeof text === 'string' && text !== '' ? queuePolicyFaults(text) : [];
  if (fault === undefined) return undefined;
  const message = `Invalid value for the parameter Policy. Reason: ${fault}.`;
  return errorAnswer(call, { code: 'InvalidAttributeValue', message, status: 400 });
};
