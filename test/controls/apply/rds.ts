import type { Effects } from './effects.ts';

type Facts = Readonly<Record<string, unknown>>;
type Effect = Effects[string];

const record = (value: unknown): Facts => ({ ...Object(value) });
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value : []);
/** RDS answers with no list where there is nothing in it. */
const unlessEmpty = (name: string, list: readonly string[]) =>
  list.length === 0 ? {} : { [name]: list };

const logs = (before: Facts, asked: Facts): Facts => {
  const { EnabledCloudwatchLogsExports: enabled, ...others } = before;
  const off = texts(asked['DisableLogTypes']);
  const now = [...texts(enabled), ...texts(asked['EnableLogTypes'])];
  const kept = now.filter((type) => !off.includes(type));
  return { ...others, ...unlessEmpty('EnabledCloudwatchLogsExports', kept) };
};

const monitoring = (before: Facts, { MonitoringInterval, MonitoringRoleArn }: Facts): Facts => {
  if (MonitoringInterval === undefined) return before;
  if (MonitoringInterval !== 0 && MonitoringRoleArn === undefined)
    throw new Error('InvalidParameterCombination: A MonitoringRoleARN value is required');
  const { MonitoringRoleArn: _, ...others } = before;
  const role = MonitoringInterval === 0 ? {} : { MonitoringRoleArn };
  return { ...others, MonitoringInterval, ...role };
};

// What waits for the maintenance window unless it is to be applied at once.
const waits = (before: Facts, name: string, value: unknown): boolean => {
  if (name !== 'BackupRetentionPeriod')
    return ['IAMDatabaseAuthenticationEnabled', 'MultiAZ'].includes(name);
  return (Number(before[name] ?? 0) === 0) !== (Number(value) === 0);
};

const modify =
  (facet: 'instance' | 'cluster'): Effect =>
  (snapshot, input) => {
    const before = record(snapshot[facet]);
    if (before[facet === 'instance' ? 'DBInstanceStatus' : 'Status'] !== 'available')
      throw new Error('InvalidDBInstanceState');
    if (Object.keys(record(before['PendingModifiedValues'])).length > 0)
      throw new Error('what is pending could be applied as well');
    const { EnableIAMDatabaseAuthentication: iam, ...asked } = input;
    const plain = [
      ...['AutoMinorVersionUpgrade', 'BackupRetentionPeriod', 'CopyTagsToSnapshot'],
      ...['DeletionProtection', 'MultiAZ', 'PubliclyAccessible'],
    ].flatMap((name) => (name in asked ? [[name, asked[name]] as const] : []));
    const settings = [
      ...plain,
      ...(iam === undefined ? [] : [['IAMDatabaseAuthenticationEnabled', iam] as const]),
    ];
    const isNow = input['ApplyImmediately'] === true;
    const [now, later] = [true, false].map((wanted) =>
      Object.fromEntries(
        settings.filter(([name, value]) => (isNow || !waits(before, name, value)) === wanted),
      ),
    );
    const pending = later && Object.keys(later).length > 0 ? { PendingModifiedValues: later } : {};
    const exports = record(asked['CloudwatchLogsExportConfiguration']);
    const after = monitoring(logs({ ...before, ...now, ...pending }, exports), asked);
    return { ...snapshot, [facet]: after };
  };

const share: Effect = (snapshot, { ValuesToAdd, ValuesToRemove }) => {
  const before = texts(record(snapshot['attributes'])['restore']);
  const restore = [...before, ...texts(ValuesToAdd)].filter(
    (value) => !texts(ValuesToRemove).includes(value),
  );
  return { ...snapshot, attributes: { restore } };
};

const eachParameter =
  (change: (values: Facts, parameter: Facts) => { values: Facts; source: string }): Effect =>
  (snapshot, { Parameters }) => {
    let parameters = record(snapshot['parameters']);
    let parameterGroup = record(snapshot['parameterGroup']);
    for (const parameter of Array.isArray(Parameters) ? Parameters.map(record) : []) {
      const name = String(parameter['ParameterName']);
      const { values, source } = change(record(parameters['values']), parameter);
      const all = record(parameterGroup['parameters']);
      const facts = { ...record(all[name]), source };
      const isStatic = parameter['ApplyMethod'] === 'pending-reboot';
      parameters = { ...parameters, values, ...(isStatic && { statuses: ['pending-reboot'] }) };
      parameterGroup = { ...parameterGroup, parameters: { ...all, [name]: facts } };
    }
    return { ...snapshot, parameters, parameterGroup };
  };

const setParameters = eachParameter((values, { ParameterName, ParameterValue }) => ({
  values: { ...values, [String(ParameterName)]: ParameterValue },
  source: 'user',
}));

const resetParameters = eachParameter((values, { ParameterName }) => ({
  values: Object.fromEntries(Object.entries(values).filter(([name]) => name !== ParameterName)),
  source: 'engine-default',
}));

export const rds: Effects = {
  modifyDBCluster: modify('cluster'),
  modifyDBInstance: modify('instance'),
  modifyDBClusterParameterGroup: setParameters,
  modifyDBParameterGroup: setParameters,
  modifyDBClusterSnapshotAttribute: share,
  modifyDBSnapshotAttribute: share,
  resetDBClusterParameterGroup: resetParameters,
  resetDBParameterGroup: resetParameters,
};
