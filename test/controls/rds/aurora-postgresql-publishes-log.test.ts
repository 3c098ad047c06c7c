import { auroraPostgresqlPublishesLog } from '../../../lib/controls/rds/aurora-postgresql-publishes-log.ts';
import { testControl } from '../harness.ts';

const Engine = 'aurora-postgresql';
const Status = 'available';
const plan = {
  risk: 'disruptive',
  calls: ['rds.modifyDBCluster'],
  input: {
    CloudwatchLogsExportConfiguration: { EnableLogTypes: ['postgresql'] },
    ApplyImmediately: true,
  },
} as const;
const evidence = ['cluster.EnabledCloudwatchLogsExports'];

testControl(auroraPostgresqlPublishesLog, {
  rows: {
    'it publishes the PostgreSQL log': {
      given: { cluster: { Engine, Status, EnabledCloudwatchLogsExports: ['postgresql'] } },
      verdict: 'PASS',
    },
    'it publishes other logs as well': {
      given: {
        cluster: {
          ...{ Engine, Status },
          EnabledCloudwatchLogsExports: ['instance', 'postgresql', 'iam-db-auth-error'],
        },
      },
      verdict: 'PASS',
    },
    'RDS shows no list where nothing is published': {
      given: { cluster: { Engine, Status } },
      verdict: 'FAIL',
      plan,
      evidence,
      reason: /^the PostgreSQL log is not published/,
    },
    'it publishes every log but this one': {
      given: {
        cluster: {
          Engine,
          Status,
          EnabledCloudwatchLogsExports: ['instance', 'iam-db-auth-error'],
        },
      },
      verdict: 'FAIL',
      plan,
      evidence,
    },
    'the log was asked for and waits': {
      given: {
        cluster: {
          ...{ Engine, Status },
          PendingModifiedValues: {
            PendingCloudwatchLogsExports: { LogTypesToEnable: ['postgresql'] },
          },
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /PendingCloudwatchLogsExports waits to be applied/ },
      evidence,
    },
    'it is being modified': {
      given: { cluster: { Engine, Status: 'modifying', EnabledCloudwatchLogsExports: [] } },
      verdict: 'FAIL',
      plan: { proposal: /status is modifying/ },
      evidence,
    },
    'it is stopped': {
      given: { cluster: { Engine, Status: 'stopped' } },
      verdict: 'FAIL',
      plan: { proposal: /status is stopped/ },
      evidence,
    },
    'Aurora Serverless v1, which publishes by itself': {
      given: { cluster: { Engine, Status, EngineMode: 'serverless' } },
      verdict: 'NOT_APPLICABLE',
    },
    'Aurora Serverless v2, which is provisioned': {
      given: { cluster: { Engine, Status, EngineMode: 'provisioned' } },
      verdict: 'FAIL',
      plan,
      evidence,
    },
    'it is being created': {
      given: { cluster: { Engine, Status: 'creating' } },
      verdict: 'NOT_APPLICABLE',
      reason: /created/,
    },
    'Aurora MySQL': {
      given: { cluster: { Engine: 'aurora-mysql', Status } },
      verdict: 'NOT_APPLICABLE',
    },
    'a Multi-AZ DB cluster of PostgreSQL, which is not of Aurora': {
      given: { cluster: { Engine: 'postgres', Status } },
      verdict: 'NOT_APPLICABLE',
    },
    DocumentDB: {
      given: { cluster: { Engine: 'docdb', Status } },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
