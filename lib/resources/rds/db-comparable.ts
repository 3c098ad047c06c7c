const times = ['AutomaticRestartTime', 'EarliestBacktrackTime', 'EarliestRestorableTime'];
const laterTimes = [
  'IOOptimizedNextAllowedModificationTime',
  'LatestRestorableTime',
  'ResumeFullAutomationModeTime',
];
const statuses = ['DBClusterParameterGroupStatus', 'DBInstanceStatus', 'ParameterApplyStatus'];
const ofParts = ['SecretStatus', 'Status', 'StatusInfos', 'SubnetGroupStatus', 'SubnetStatus'];
const progress = ['PercentProgress', 'StorageOperationPercentProgress', 'StorageOperationStatus'];
const measures = ['AllocatedStorage', 'BacktrackConsumedChangeRecords', 'Capacity'];
const failedOver = ['AvailabilityZone', 'IsClusterWriter', 'SecondaryAvailabilityZone'];
const ofAws = ['CertificateDetails', 'EnhancedMonitoringResourceArn'];
const offered = ['IsStorageConfigUpgradeAvailable', 'StorageVolumeStatus'];

// What moves without anybody's call; and tags, which change no setting and which many tools set.
const moving: readonly string[] = [
  ...[times, laterTimes, statuses, ofParts, progress, measures, failedOver, ofAws, offered].flat(),
  'TagList',
];

/**
 * A value of the RDS API without what moves by itself. RDS lists in no order and leaves out what is empty. What waits in
 * PendingModifiedValues stays: somebody asked for it, and a later call with ApplyImmediately would apply it as well.
 */
export const comparable = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    const items = value.map(comparable).map((item) => [JSON.stringify(item), item] as const);
    return items.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)).map(([, item]) => item);
  }
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const fields = Object.entries(value).map(
    ([name, inner]) => [name, name === pending ? asked(inner) : comparable(inner)] as const,
  );
  const kept = fields.filter(([name, inner]) => !(moving.includes(name) || isEmpty(inner)));
  return Object.fromEntries(kept);
};

const pending = 'PendingModifiedValues';
const asked = (value: unknown) =>
  Object.fromEntries(Object.entries(Object(value)).filter(([, inner]) => !isEmpty(inner)));

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  (typeof value === 'object' && value !== null && !(value instanceof Date)
    ? Object.keys(value).length === 0
    : false);

/** A DB instance or cluster; a monitoring role means something only while it is used. */
export const comparableDatabase = (value: unknown): unknown => {
  const {
    MonitoringInterval: interval,
    MonitoringRoleArn: role,
    ...facts
  } = Object(comparable(value));
  return interval ? { ...facts, MonitoringInterval: interval, MonitoringRoleArn: role } : facts;
};
