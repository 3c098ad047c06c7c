import type { BusEvent } from '../events/event-bus.ts';
import type { Described } from './config-describe.ts';
import type { Subject } from './config-subjects.ts';

type Status = 'ResourceDiscovered' | 'OK' | 'ResourceDeleted';

const changeTypes = {
  ResourceDiscovered: 'CREATE',
  OK: 'UPDATE',
  ResourceDeleted: 'DELETE',
} as const;

/** The event of one configuration item: https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html */
export const itemEvent = (
  { type }: Subject,
  described: Described,
  status: Status,
  { account, region }: { readonly account: string; readonly region: string },
): BusEvent => {
  const now = new Date();
  const { resourceId, resourceName, arn, createdAt, configuration } = described;
  const configurationItem = {
    relatedEvents: [],
    relationships: [],
    configuration: status === 'ResourceDeleted' ? null : lowered(configuration),
    supplementaryConfiguration: {},
    tags: {},
    configurationItemVersion: '1.3',
    configurationItemCaptureTime: now.toISOString(),
    configurationStateId: now.getTime(),
    awsAccountId: account,
    configurationItemStatus: status,
    resourceType: type,
    resourceId,
    resourceName,
    ARN: arn,
    awsRegion: type.startsWith('AWS::IAM::') ? 'global' : region,
    availabilityZone: 'Not Applicable',
    configurationStateMd5Hash: '',
    resourceCreationTime: createdAt?.toISOString() ?? null,
  };
  return {
    Source: 'aws.config',
    DetailType: 'Config Configuration Item Change',
    Time: Math.floor(now.getTime() / 1000),
    Resources: arn === undefined ? [] : [arn],
    Detail: JSON.stringify({
      recordVersion: '1.3',
      messageType: 'ConfigurationItemChangeNotification',
      configurationItemDiff: { changedProperties: {}, changeType: changeTypes[status] },
      notificationCreationTime: now.toISOString(),
      configurationItem,
    }),
  };
};

/** Names as Config writes them, `dBInstanceIdentifier`, at every depth. */
const lowered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(lowered);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key.charAt(0).toLowerCase() + key.slice(1),
      lowered(one),
    ]),
  );
};
