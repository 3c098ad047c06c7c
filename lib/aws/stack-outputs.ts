import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import { noStack } from '../resources/account/own-stack.ts';
import { UserError } from '../support/user-error.ts';
import { attempted, sortError } from './errors.ts';

/** A stack by its name and place. */
export interface Stack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
}

/** What a stack puts out, by name. */
export const outputsOf = async (
  { name, account, region }: Stack,
  cloudformation: CloudFormation,
): Promise<Readonly<Record<string, string>>> => {
  const asked = await attempted(() => cloudformation.describeStacks({ StackName: name }));
  if ('value' in asked) {
    const outputs = asked.value.Stacks?.[0]?.Outputs ?? [];
    return Object.fromEntries(
      outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    );
  }
  // CloudFormation has no code of its own for a stack that is not there.
  if (sortError(asked.failure, { absent: noStack }).kind !== 'absent') throw asked.failure;
  throw new UserError(
    `there is no stack ${name} in account ${account}, region ${region}: deploy it, or name it with --stack`,
    { cause: asked.failure },
  );
};
