import type { InstanceInformation, SSM } from '@aws-sdk/client-ssm';
import { orAbsent } from '../../aws/errors.ts';
import { isHost } from './host-instance.ts';

/** The host as Systems Manager knows it; undefined where it does not, or not yet. */
export const nodeOf = async (host: string, ssm: SSM): Promise<InstanceInformation | undefined> => {
  const Filters = [{ Key: 'InstanceIds', Values: [host] }];
  const answer = await orAbsent(['InvalidInstanceId'], () =>
    ssm.describeInstanceInformation({ Filters }),
  );
  return answer?.InstanceInformationList?.find(isHost);
};
