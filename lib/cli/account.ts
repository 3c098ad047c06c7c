import { STS } from '@aws-sdk/client-sts';
import { sdkClients } from '../aws/clients.ts';
import { messageOf } from '../aws/errors.ts';
import { addressFailureOf, failureOf, noAwsAt } from '../aws/failures.ts';
import type { Baseline } from '../engine/baseline/baseline.ts';
import { UserError } from '../support/user-error.ts';
import { endpointUrl } from './environment.ts';

/** The region of the environment or the profile, in the order of the AWS CLI. */
export const regionInForce = async (fallback: string): Promise<string> => {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  if (AWS_REGION || AWS_DEFAULT_REGION) return AWS_REGION || AWS_DEFAULT_REGION || fallback;
  const [ofProfile] = await Promise.allSettled([new STS({}).config.region()]);
  return ofProfile.status === 'fulfilled' ? ofProfile.value : fallback;
};

/** The regions that are looked at: those that are asked for, else those that the baseline governs, else that in force. */
export const regionsFor = async (
  asked: readonly string[],
  { homeRegion, regions }: Pick<Baseline, 'homeRegion' | 'regions'>,
): Promise<readonly string[]> => {
  if (asked.length > 0) return [...new Set(asked)];
  return regions.length > 1 ? regions : [await regionInForce(homeRegion)];
};

/** What the SDK says of a file of credentials that is wrong: a sentence, or where it fell over. */
const credentialsFault = (error: unknown): string => {
  const why = error instanceof TypeError ? 'something is missing in a profile' : messageOf(error);
  return `The AWS credentials cannot be read (${why}): check the files config and credentials below ~/.aws, and what AWS_PROFILE and AWS_WEB_IDENTITY_TOKEN_FILE name.`;
};

/** Throws a sentence where the files and variables of a person make no credentials, whatever the SDK makes of them. */
const checkCredentials = async ({ config }: Pick<STS, 'config'>): Promise<void> => {
  try {
    await config.credentials();
  } catch (error) {
    const isSaid = failureOf(error, endpointUrl()) !== undefined || '$metadata' in Object(error);
    throw isSaid ? error : new UserError(credentialsFault(error), { cause: error });
  }
};

/** Account and ARN that the credentials belong to. */
export const callerOf = async (region: string): Promise<{ account: string; arn: string }> => {
  const address = addressFailureOf(endpointUrl() ?? 'https://aws');
  if (address !== undefined) throw new UserError(address);
  const sts = await sdkClients({ region, maxAttempts: 2 })('sts');
  await checkCredentials(sts);
  const { Account, Arn } = await sts.getCallerIdentity({});
  if (Account === undefined || Arn === undefined) {
    const endpoint = endpointUrl();
    throw new UserError(
      endpoint === undefined
        ? 'AWS did not say which account this is: check proxy and network.'
        : noAwsAt(endpoint),
    );
  }
  return { account: Account, arn: Arn };
};
