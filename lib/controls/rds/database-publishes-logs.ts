import { defineControl, fail, notApplicable, pass, propose } from '../../model/control.ts';
import { dbInstance } from '../../resources/rds/db-instance.ts';
import { changeInstance, modifiesInstance, proposeOnCluster } from './shared/database-change.ts';
import { missingLogs, requiredLogs } from './shared/database-logs.ts';
import { outOfScope } from './shared/database-scope.ts';

export const databasePublishesLogs = defineControl(dbInstance, {
  id: 'RDS.9',
  title: 'Database logging should be enabled',
  severity: 'MEDIUM',
  rationale:
    'Logs in CloudWatch outlive the database and whoever breaks into it, and show who did what.',
  standards: {
    'fsbp-1.0.0': ['RDS.9'],
    'nist-800-53-r5': [
      'AC-2(4)',
      'AC-4(26)',
      'AC-6(9)',
      'AU-10',
      'AU-12',
      'AU-2',
      'AU-3',
      'AU-6(3)',
      'AU-6(4)',
      'CA-7',
      'SC-7(10)',
      'SC-7(9)',
      'SI-3(8)',
      'SI-4(20)',
      'SI-7(8)',
    ],
    'pci-dss-4.0.1': [
      '10.2.1.1',
      '10.2.1.2',
      '10.2.1.3',
      '10.2.1.4',
      '10.2.1.5',
      '10.2.1.6',
      '10.2.1.7',
      '10.2.2',
      '10.3.1',
      '10.6.3',
      'A1.2.1',
    ],
  },
  needs: ['instance'],
  evaluate({ instance }) {
    const outside = outOfScope(instance, { custom: false, members: true });
    if (outside) return outside;
    const types = requiredLogs(instance);
    if (!types) return notApplicable(`no log is asked for of ${instance.Engine}`);
    const published = instance.EnabledCloudwatchLogsExports ?? [];
    const missing = missingLogs(instance);
    if (missing.length === 0) return pass;
    const coming = instance.PendingModifiedValues?.PendingCloudwatchLogsExports?.LogTypesToEnable;
    const note = coming?.length ? ` (pending: ${coming.join(', ')})` : '';
    return fail(`not published to CloudWatch Logs: ${missing.join(', ')}${note}`, [
      { path: 'instance.EnabledCloudwatchLogsExports', actual: published, expected: types },
    ]);
  },
  remediation: {
    advice:
      'Publish the missing log types to CloudWatch Logs, on the cluster for a member of one. Audit logs of MySQL and MariaDB need an option group with the audit plugin, those of Aurora MySQL the parameter server_audit_logging.',
    needs: ['exportableLogs'],
    grants: modifiesInstance,
    plan({ instance, exportableLogs }, place) {
      const { DBClusterIdentifier: cluster, Engine, EngineVersion } = instance;
      const missing = [...missingLogs(instance)];
      const set = { CloudwatchLogsExportConfiguration: { EnableLogTypes: missing } };
      if (cluster) return proposeOnCluster(cluster, set);
      const unknown = missing.filter((type) => !exportableLogs.includes(type));
      if (unknown.length > 0)
        return propose(`${Engine} ${EngineVersion} cannot publish ${unknown.join(', ')}`);
      // Always applied at once. CloudWatch Logs takes money for what comes in.
      return changeInstance(instance, place, {
        risk: 'disruptive',
        summary: `publishes ${missing.join(', ')} to CloudWatch Logs, as far as the database writes them`,
        set,
        back: { CloudwatchLogsExportConfiguration: { DisableLogTypes: missing } },
      });
    },
  },
});
