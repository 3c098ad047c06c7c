import { defineControl, fail, notApplicable, pass, propose } from '../../model/control.ts';
import { dbCluster } from '../../resources/rds/db-cluster.ts';
import { engineOf } from '../../resources/rds/db-engine.ts';
import { clusterOutOfScope } from './shared/database-scope.ts';

export const auroraMysqlPublishesAuditLog = defineControl(dbCluster, {
  id: 'RDS.34',
  title: 'Aurora MySQL DB clusters should publish audit logs to CloudWatch Logs',
  severity: 'MEDIUM',
  rationale:
    'An audit log in CloudWatch outlives the cluster, and shows who logged in and what they ran.',
  standards: {
    'fsbp-1.0.0': ['RDS.34'],
  },
  needs: ['cluster'],
  evaluate({ cluster }) {
    const outside = clusterOutOfScope(cluster);
    if (outside) return outside;
    if (engineOf(cluster.Engine)?.family !== 'aurora-mysql')
      return notApplicable(`${cluster.Engine} is not Aurora MySQL`);
    // It publishes what its parameters turn on, and has no list of logs:
    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless.logging.html
    if (cluster.EngineMode === 'serverless')
      return notApplicable('Aurora Serverless v1 publishes its logs by itself');
    const published = cluster.EnabledCloudwatchLogsExports ?? [];
    if (published.includes('audit')) return pass;
    return fail('the audit log is not published to CloudWatch Logs', [
      { path: 'cluster.EnabledCloudwatchLogsExports', actual: published, expected: ['audit'] },
    ]);
  },
  remediation: {
    advice:
      'Set server_audit_logging and server_audit_events in the DB cluster parameter group, and publish the audit log to CloudWatch Logs.',
    grants: [],
    plan: () =>
      propose('it takes parameters of the DB cluster parameter group that say what is audited'),
  },
});
