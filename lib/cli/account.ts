import { STS } from '@aws-sdk/client-sts';
import { sdkClients } from '../aws/clients.ts';
import { addressFailureOf, noAwsAt } from '../aws/failures.ts';
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

/** Account and ARN that the credentials belong to. */
export const callerOf = async (region: string): Promise<{ account: string; arn: string }> => {
  const address = addressFailureOf(endpointUrl() ?? 'https://aws');
  if (address !== undefined) throw new UserError(address);
  const sts = await sdkClients({ region, maxAttempts: 2 })('sts');
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
