import { said } from '../../support/untyped.ts';
import { lazily } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import { type Answer, type Answers, awsError, leaveToAnother, policyThatHolds } from './answer.ts';
import { policyText } from './policy-text.ts';

const namesOf = (secret: Resource): readonly string[] => [
  secret.name,
  secret.arn,
  secret.physicalId,
];
const secretNamed = (stack: Stack, id: unknown): Resource => {
  const all = stack.all('AWS::SecretsManager::Secret');
  const found = all.find((one) => namesOf(one).includes(said(id)));
  if (!found) throw awsError('ResourceNotFoundException');
  return found;
};

const apart = (stack: Stack, secret: Resource, type: string): readonly Resource[] =>
  stack.leadingTo(namesOf(secret), 'SecretId', type);
export const secretPolicies = (stack: Stack, secret: Resource): readonly Resource[] =>
  apart(stack, secret, 'AWS::SecretsManager::ResourcePolicy');

const described: Answer = (stack, { SecretId }) => {
  const secret = secretNamed(stack, SecretId);
  const schedule = () => apart(stack, secret, 'AWS::SecretsManager::RotationSchedule')[0];
  const rules = () => schedule()?.get('RotationRules');
  return lazily({
    RotationEnabled: () => {
      if (!schedule() && secret.declared.isPart) leaveToAnother('the rotation');
      return schedule() !== undefined;
    },
    RotationRules: () =>
      lazily({
        AutomaticallyAfterDays: () => rules()?.get('AutomaticallyAfterDays').number(['1', '365']),
        ScheduleExpression: () => rules()?.get('ScheduleExpression').text(),
      }),
  });
};

/** The policy that holds. */
export const lastSecretPolicy = (stack: Stack, secret: Resource): Resource | undefined =>
  policyThatHolds(stack, secret, secretPolicies(stack, secret));

const policy: Answer = (stack, { SecretId }) => {
  const secret = secretNamed(stack, SecretId);
  const found = lastSecretPolicy(stack, secret);
  if (!found) return {};
  const owner = { ...stack.template.deployment, arn: secret.arn };
  return { ResourcePolicy: policyText(found.get('ResourcePolicy'), owner) };
};

export const secretsAnswers: Answers = { describeSecret: described, getResourcePolicy: policy };
