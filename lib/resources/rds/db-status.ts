import { at } from '../ids.ts';

// Statuses of an instance or a cluster that last until somebody acts, or in which AWS changes no setting.
// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html
const lasting: readonly unknown[] = [
  'available',
  'backing-up',
  'failed',
  'inaccessible-encryption-credentials',
  'inaccessible-encryption-credentials-recoverable',
  'incompatible-create',
  'incompatible-credentials',
  'incompatible-network',
  'incompatible-option-group',
  'incompatible-parameters',
  'incompatible-restore',
  'insufficient-capacity',
  'restore-error',
  'stopped',
  'storage-full',
  'storage-initialization',
  'storage-optimization',
  undefined,
];

// AWS Config shows an empty list in PendingModifiedValues where nothing is pending.
const isSet = (value: unknown): boolean =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);

/** The settings that were asked for and wait, by the names that PendingModifiedValues has. */
export const pendingOf = (database: object): readonly string[] =>
  Object.entries(Object(Reflect.get(database, 'PendingModifiedValues')))
    .filter(([, value]) => isSet(value))
    .map(([name]) => name);

/** A database without the password that it waits for, which AWS masks: that one waits is said. */
export const withoutPassword = <
  Database extends {
    PendingModifiedValues?: { MasterUserPassword?: string | undefined } | undefined;
  },
>(
  database: Database,
): Database =>
  database.PendingModifiedValues?.MasterUserPassword === undefined
    ? database
    : {
        ...database,
        PendingModifiedValues: { ...database.PendingModifiedValues, MasterUserPassword: '****' },
      };

/** Whether AWS is still changing a DB instance or DB cluster, or will without another call. */
export const isInMotion = (database: unknown): boolean => {
  const facts = Object(database);
  const status = at(facts, ['DBInstanceStatus']) ?? at(facts, ['Status']);
  return !lasting.includes(status) || pendingOf(facts).length > 0 || isApplying(facts);
};

const isApplying = (facts: Record<string, unknown>): boolean =>
  [at(facts, ['DBParameterGroups']), at(facts, ['DBClusterMembers'])]
    .flat()
    .some((one) =>
      [
        at(Object(one), ['ParameterApplyStatus']),
        at(Object(one), ['DBClusterParameterGroupStatus']),
      ].includes('applying'),
    );
