import { boundOf, isBinding } from './policy-bounds.ts';
import type { Condition, Statement } from './policy-document.ts';
import { accountOf, isFixed } from './principals.ts';

/** A service of AWS that a policy lets act for anybody. */
export interface UnheldService {
  /** `Statement[0]`. */
  readonly path: string;
  readonly service: string;
}

// What a service encrypts carries the ARN of its resource: CloudWatch Logs and CloudTrail are held by that alone.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
const isHeldByContext = (condition: Condition): boolean =>
  condition.key.startsWith('kms:encryptioncontext:') &&
  isBinding(condition) &&
  condition.values.length > 0 &&
  condition.values.every((value) => accountOf(value) !== undefined);

const isHeld = ({ conditions }: Statement, account: string): boolean =>
  conditions.some(
    (condition) => boundOf(condition, account) !== undefined || isHeldByContext(condition),
  );

// The statement of a key that the console makes for DynamoDB and others: they see what the key is, and use nothing.
const showsAlone = ({ actions }: Statement): boolean =>
  !actions.not && actions.patterns.every((one) => /^kms:(describe|get|list)/i.test(one));

/** EventBridge publishes to topics by policies without a condition: "Amazon SNS permissions", EventBridge user guide. */
const cannotBeHeld = ({ actions }: Statement, service: string): boolean =>
  service === 'events.amazonaws.com' &&
  !actions.not &&
  actions.patterns.every((one) => one.toLowerCase() === 'sns:publish');

/**
 * The services that a policy admits without saying for whom they may act. No condition names an account, organization or
 * resource, so anybody who knows the ARN can have the service act on it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export const unheldServices = (
  statements: readonly Statement[],
  account: string,
): readonly UnheldService[] =>
  statements.flatMap((statement) => {
    const { effect, principals, path } = statement;
    if (effect === 'Deny' || !principals || principals.not) return [];
    if (isHeld(statement, account) || showsAlone(statement)) return [];
    return principals.list.flatMap(({ kind, id }) =>
      kind === 'Service' && isFixed(id) && !cannotBeHeld(statement, id)
        ? [{ path, service: id }]
        : [],
    );
  });
