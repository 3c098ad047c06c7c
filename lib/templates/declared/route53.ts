import { hostedZone } from '../../resources/route53/hosted-zone.ts';
import { type DeclaredType, placesIn } from './declared-type.ts';

export const declaredHostedZone: DeclaredType = {
  type: hostedZone,
  as: 'AWS::Route53::HostedZone',
  id: ({ physicalId }) => physicalId,
  placeOf: placesIn({
    'zone.isPrivate': 'VPCs',
    queryLogging: 'QueryLoggingConfig',
    'queryLogging.logGroup': 'QueryLoggingConfig.CloudWatchLogsLogGroupArn',
  }),
};
