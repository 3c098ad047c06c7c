// What a DB instance, a cluster or a snapshot shows that moves without anybody's call: times, statuses, measures, the
// zone and role that a failover changes, the certificate that RDS rotates.
const moving: readonly string[] = [
  ...['AutomaticRestartTime', 'EarliestBacktrackTime', 'EarliestRestorableTime'],
  ...['IOOptimizedNextAllowedModificationTime', 'LatestRestorableTime'],
  ...['ResumeFullAutomationModeTime'],
  ...[
    'DBClusterParameterGroupStatus',
    'DBInstanceStatus',
    'ParameterApplyStatus',
    'PercentProgress',
  ],
  ...['SecretStatus', 'Status', 'StatusInfos', 'StorageOperationPercentProgress'],
  ...['StorageOperationStatus', 'StorageVolumeStatus', 'SubnetGroupStatus', 'SubnetStatus'],
  ...['AllocatedStorage', 'BacktrackConsumedChangeRecords', 'Capacity'],
  ...['AvailabilityZone', 'IsClusterWriter', 'SecondaryAvailabilityZone'],
  ...['CertificateDetails', 'EnhancedMonitoringResourceArn', 'IsStorageConfigUpgradeAvailable'],
];

/**
 * A value of the RDS API without what moves by itself. RDS lists in no order and leaves out what is empty. What waits in
 * PendingModifiedValues stays: somebody asked for it, and a later call with ApplyImmediately would apply it as well.
 */
export const steady = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    const items = value.map(steady).map((item) => [JSON.stringify(item), item] as const);
    return items.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)).map(([, item]) => item);
  }
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const fields = Object.entries(value).map(
    ([name, inner]) => [name, name === pending ? asked(inner) : steady(inner)] as const,
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
export const steadyDatabase = (value: unknown): unknown => {
  const { MonitoringInterval: interval, MonitoringRoleArn: role, ...facts } = Object(steady(value));
  return interval ? { ...facts, MonitoringInterval: interval, MonitoringRoleArn: role } : facts;
};
