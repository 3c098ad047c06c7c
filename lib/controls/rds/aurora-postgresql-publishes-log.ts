import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { dbCluster } from '../../resources/rds/db-cluster.ts';
import { engineOf } from '../../resources/rds/db-engine.ts';
import { changeCluster, modifiesCluster } from './shared/database-change.ts';
import { clusterOutOfScope } from './shared/database-scope.ts';

export const auroraPostgresqlPublishesLog = defineControl(dbCluster, {
  id: 'RDS.37',
  title: 'Aurora PostgreSQL DB clusters should publish logs to CloudWatch Logs',
  severity: 'MEDIUM',
  rationale:
    'The log in CloudWatch outlives the cluster, and shows failed logins, errors and what an audit extension writes.',
  standards: {
    'fsbp-1.0.0': ['RDS.37'],
  },
  needs: ['cluster'],
  evaluate({ cluster }) {
    const outside = clusterOutOfScope(cluster);
    if (outside) return outside;
    if (engineOf(cluster.Engine)?.family !== 'aurora-postgresql')
      return notApplicable(`${cluster.Engine} is not Aurora PostgreSQL`);
    const published = cluster.EnabledCloudwatchLogsExports ?? [];
    if (published.includes('postgresql')) return pass;
    // Its log is in CloudWatch whatever the list says:
    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_LogAccess.Procedural.Viewing.html
    if (cluster.EngineMode === 'serverless')
      return notApplicable('Aurora Serverless v1 publishes its logs by itself');
    return fail('the PostgreSQL log is not published to CloudWatch Logs', [
      {
        path: 'cluster.EnabledCloudwatchLogsExports',
        actual: published,
        expected: 'postgresql among them',
      },
    ]);
  },
  remediation: {
    advice:
      'Publish the log type postgresql of the DB cluster to CloudWatch Logs, which charges for what comes in.',
    grants: modifiesCluster,
    // The page of the call leaves open whether it would else wait for the maintenance window:
    // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBCluster.html
    plan: ({ cluster }, place) =>
      changeCluster(cluster, place, {
        risk: 'disruptive',
        summary: 'publishes the PostgreSQL log to CloudWatch Logs, which charges for it',
        set: {
          CloudwatchLogsExportConfiguration: { EnableLogTypes: ['postgresql'] },
          ApplyImmediately: true,
        },
        back: {
          CloudwatchLogsExportConfiguration: { DisableLogTypes: ['postgresql'] },
          ApplyImmediately: true,
        },
      }),
  },
});
