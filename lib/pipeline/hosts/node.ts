import type { InstanceInformation, SSM } from '@aws-sdk/client-ssm';
import { sorting } from '../../aws/errors.ts';
import { isHost } from './host-instance.ts';

/** The host as Systems Manager knows it; undefined where it does not, or not yet. */
export const nodeOf = async (host: string, ssm: SSM): Promise<InstanceInformation | undefined> => {
  const Filters = [{ Key: 'InstanceIds', Values: [host] }];
  const answer = await sorting({ gone: ['InvalidInstanceId'] }, () =>
    ssm.describeInstanceInformation({ Filters }),
  );
  if (answer.kind === 'gone') return undefined;
  if (answer.kind !== 'value') throw new Error(`${host} could not be looked for: ${answer.kind}`);
  return answer.value.InstanceInformationList?.find(isHost);
};
