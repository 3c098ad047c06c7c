import type { DBCluster } from '@aws-sdk/client-rds';

type Engine = 'docdb' | 'neptune';

/** The rows of a control on clusters of DocumentDB or of Neptune that asks for one setting. */
export const otherEngineRows = (
  Engine: Engine,
  right: Partial<DBCluster>,
  wrong: Partial<DBCluster>,
) =>
  ({
    'it is as it should be': { given: { cluster: { Engine, ...right } }, verdict: 'PASS' },
    'it is not': {
      given: { cluster: { Engine, Status: 'available', ...wrong } },
      verdict: 'FAIL',
      evidence: [`cluster.${Object.keys(wrong)[0]}`],
    },
    'it is not, and is being changed': {
      given: { cluster: { Engine, Status: 'modifying', ...wrong } },
      verdict: 'FAIL',
    },
    'nothing is said of it': { given: { cluster: { Engine } }, verdict: 'FAIL' },
    'it is still being created': {
      given: { cluster: { Engine, Status: 'creating', ...wrong } },
      verdict: 'NOT_APPLICABLE',
      reason: /created/,
    },
    'it is of Aurora': {
      given: { cluster: { Engine: 'aurora-mysql', ...wrong } },
      verdict: 'NOT_APPLICABLE',
    },
    'it is of the other one': {
      given: { cluster: { Engine: Engine === 'docdb' ? 'neptune' : 'docdb', ...wrong } },
      verdict: 'NOT_APPLICABLE',
    },
    'nothing says what it is of': { given: { cluster: { ...right } }, verdict: 'UNKNOWN' },
  }) as const;

/** Those of one that asks for backups: how long they are kept is a parameter. */
export const backupRows = (engine: Engine) =>
  ({
    ...otherEngineRows(engine, { BackupRetentionPeriod: 7 }, { BackupRetentionPeriod: 1 }),
    'it keeps them for a week, and a month is asked for': {
      given: { cluster: { Engine: engine, BackupRetentionPeriod: 7 } },
      parameters: { minimumBackupRetentionPeriod: 30 },
      verdict: 'FAIL',
      reason: /fewer than 30/,
    },
  }) as const;

/** Those of one that asks for protection from deletion, which is turned on. */
export const deletionRows = (engine: Engine) => {
  const rows = otherEngineRows(engine, { DeletionProtection: true }, { DeletionProtection: false });
  return {
    ...rows,
    'it is not': {
      ...rows['it is not'],
      plan: {
        risk: 'safe',
        calls: ['rds.modifyDBCluster'],
        input: { DBClusterIdentifier: 'example', DeletionProtection: true },
      },
    },
    'it is not, and is being changed': {
      ...rows['it is not, and is being changed'],
      plan: { proposal: /status is modifying/ },
    },
    'nothing is said of it': {
      ...rows['nothing is said of it'],
      plan: { proposal: /status is not known/ },
    },
  } as const;
};

/** Those of one that asks for the audit log in CloudWatch. */
export const auditLogRows = (engine: Engine) =>
  otherEngineRows(
    engine,
    { EnabledCloudwatchLogsExports: ['audit'] },
    { EnabledCloudwatchLogsExports: ['profiler'] },
  );

/** Those of one that asks for encrypted storage. */
export const encryptionRows = (engine: Engine) =>
  otherEngineRows(engine, { StorageEncrypted: true }, { StorageEncrypted: false });

/** The table of one that asks who may restore its snapshots. */
export const snapshotTable = (engine: Engine) => {
  const attributes = { restore: ['all'] };
  return {
    base: { snapshot: { Engine: engine }, attributes: { restore: [] } },
    rows: {
      'nobody else may restore it': { given: {}, verdict: 'PASS' },
      'another account may restore it': {
        given: { attributes: { restore: ['111122223333'] } },
        verdict: 'PASS',
      },
      'everybody may, beside an account': {
        given: { attributes: { restore: ['111122223333', 'all'] } },
        verdict: 'FAIL',
        plan: {
          risk: 'safe',
          calls: ['rds.modifyDBClusterSnapshotAttribute'],
          input: {
            DBClusterSnapshotIdentifier: 'example',
            AttributeName: 'restore',
            ValuesToRemove: ['all'],
          },
          undo: 'widens',
        },
        evidence: ['attributes.restore'],
        reason: /any AWS account/,
      },
      'it is of Aurora': {
        given: { snapshot: { Engine: 'aurora-postgresql' }, attributes },
        verdict: 'NOT_APPLICABLE',
        reason: engine === 'docdb' ? /not of DocumentDB/ : /not of Neptune/,
      },
      'it is of the other one': {
        given: { snapshot: { Engine: engine === 'docdb' ? 'neptune' : 'docdb' }, attributes },
        verdict: 'NOT_APPLICABLE',
      },
      'nothing says what it is of': {
        given: { snapshot: {}, attributes },
        verdict: 'UNKNOWN',
        reason: /Engine/,
      },
    },
  } as const;
};
