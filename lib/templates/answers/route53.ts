import type { Resource, Stack } from '../stack.ts';
import { type Answers, awsError } from './answer.ts';

const zoneNamed = (stack: Stack, id: unknown): Resource => {
  const found = stack.find(['AWS::Route53::HostedZone'], (one) => one.physicalId === id);
  if (!found) throw awsError('NoSuchHostedZone');
  return found;
};

export const route53Answers: Answers = {
  // A zone is private once it is made for a VPC, and stays what it was made as.
  getHostedZone: (stack, { Id }) => ({
    HostedZone: {
      Id,
      Config: { PrivateZone: zoneNamed(stack, Id).get('VPCs').items().length > 0 },
    },
  }),
  listQueryLoggingConfigs: (stack, { HostedZoneId }) => {
    const logging = zoneNamed(stack, HostedZoneId).get('QueryLoggingConfig');
    if (!logging.isSet) return { QueryLoggingConfigs: [] };
    const CloudWatchLogsLogGroupArn = logging.get('CloudWatchLogsLogGroupArn').name() ?? '';
    return { QueryLoggingConfigs: [{ HostedZoneId, CloudWatchLogsLogGroupArn }] };
  },
};
