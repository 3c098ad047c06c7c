import type { IAM } from '@aws-sdk/client-iam';
import { attempted } from '../../aws/errors.ts';

const kinds: Readonly<Record<string, (iam: IAM, name: string) => Promise<string | undefined>>> = {
  group: async (iam, GroupName) => (await iam.getGroup({ GroupName })).Group?.Arn,
  role: async (iam, RoleName) => (await iam.getRole({ RoleName })).Role?.Arn,
  user: async (iam, UserName) => (await iam.getUser({ UserName })).User?.Arn,
};

/** The ARN of a group, role or user that a call names without its path, as IAM checks it: with the path. */
export const withPath = async (iam: IAM, arn: string): Promise<string> => {
  const [, kind = '', name = ''] =
    /^arn:[^:]+:iam::\d+:(group|role|user)\/([^/*]+)$/.exec(arn) ?? [];
  const found = await attempted(async () => kinds[kind]?.(iam, name));
  return 'value' in found ? (found.value ?? arn) : arn;
};
