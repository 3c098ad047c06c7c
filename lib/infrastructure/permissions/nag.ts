import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Grant } from './permissions.ts';

/** As cdk-nag writes a resolved ARN with references: `arn:<AWS::Partition>:s3:::*`. */
export const printedArn = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const entries = Object.entries(Object(value));
  const [name, argument] = entries[0] ?? [];
  if (name === 'Ref') return `<${argument}>`;
  if (name === 'Fn::GetAtt' && Array.isArray(argument)) return `<${argument.join('.')}>`;
  if (name === 'Fn::Join' && Array.isArray(argument)) {
    const [separator, parts]: unknown[] = argument;
    return Array.isArray(parts) ? parts.map(printedArn).join(String(separator)) : '';
  }
  throw new Error(
    `an ARN is written with ${JSON.stringify(value)}; allowed: Ref, Fn::GetAtt, Fn::Join`,
  );
};

/** Tells cdk-nag why grants name resources by a wildcard; a wildcard in an action is never excused. */
export const acknowledgeWildcards = (
  scope: IConstruct,
  grants: readonly Grant[],
  reason: string,
): void => {
  const arns = grants.flatMap(({ resources }) => resources);
  const wide = new Set(
    arns.map((arn) => printedArn(Stack.of(scope).resolve(arn))).filter((arn) => arn.includes('*')),
  );
  Validations.of(scope).acknowledge(
    ...[...wide].map((arn) => ({ id: `AwsSolutions-IAM5[Resource::${arn}]`, reason })),
  );
};
