import { defineControl, fail, pass } from '../../../model/control.ts';
import { integer } from '../../../model/parameters.ts';
import type { Standards } from '../../../model/standards.ts';
import { dbCluster } from '../../../resources/rds/db-cluster.ts';
import { dbClusterSnapshot } from '../../../resources/rds/db-cluster-snapshot.ts';
import { plural } from '../../../support/plural.ts';
import { changeCluster, modifiesCluster } from './database-change.ts';
import { evaluateEncryption } from './database-encryption.ts';
import { ofOther } from './database-scope.ts';
import { mustBeOn } from './database-setting.ts';
import { evaluateSharing, unsharing } from './snapshot-sharing.ts';

/** DocumentDB or Neptune, whose clusters answer to the API of RDS, and have controls of their own. */
interface Told {
  readonly id: `DocumentDB.${number}` | `Neptune.${number}`;
  readonly title: string;
  readonly severity?: 'LOW' | 'CRITICAL';
  readonly rationale: string;
  readonly nist?: readonly string[];
  readonly pci?: readonly string[];
}
type Of = 'docdb' | 'neptune';

const shared = ({ id, title, severity, rationale, nist, pci }: Told) => {
  const standards: Standards = {
    'fsbp-1.0.0': [id],
    ...(nist ? { 'nist-800-53-r5': nist } : {}),
    ...(pci ? { 'pci-dss-4.0.1': pci } : {}),
  };
  return { id, title, severity: severity ?? ('MEDIUM' as const), rationale, standards };
};

export const clusterOfIsEncrypted = (engine: Of, told: Told) =>
  defineControl(dbCluster, {
    ...shared(told),
    needs: ['cluster'],
    evaluate: ({ cluster }) =>
      ofOther(engine, cluster) ?? evaluateEncryption('the cluster', 'cluster', cluster),
    remediation: {
      advice:
        'It cannot be turned on later: restore a snapshot of the cluster to a new one with a KMS key, and move the clients to it.',
    },
  });

export const clusterOfKeepsBackups = (engine: Of, told: Told) =>
  defineControl(dbCluster, {
    ...shared(told),
    needs: ['cluster'],
    parameters: { minimumBackupRetentionPeriod: integer({ default: 7, min: 7, max: 35 }) },
    evaluate({ cluster }, { parameters: { minimumBackupRetentionPeriod: least } }) {
      const other = ofOther(engine, cluster);
      if (other) return other;
      const { BackupRetentionPeriod: days } = cluster;
      if (days !== undefined && days >= least) return pass;
      return fail(`backups are kept for fewer than ${plural(least, 'day')}`, [
        {
          path: 'cluster.BackupRetentionPeriod',
          actual: days ?? null,
          expected: `at least ${least}`,
        },
      ]);
    },
    remediation: {
      advice: 'Raise the backup retention period of the cluster; storage is charged.',
    },
  });

export const clusterOfPublishesAuditLog = (engine: Of, told: Told) =>
  defineControl(dbCluster, {
    ...shared(told),
    needs: ['cluster'],
    evaluate({ cluster }) {
      const other = ofOther(engine, cluster);
      if (other) return other;
      const logs = cluster.EnabledCloudwatchLogsExports ?? [];
      if (logs.includes('audit')) return pass;
      return fail('the audit log is not published', [
        {
          path: 'cluster.EnabledCloudwatchLogsExports',
          actual: logs,
          expected: 'audit among them',
        },
      ]);
    },
    remediation: {
      advice:
        'Turn auditing on in the cluster parameter group, and export the audit log of the cluster to CloudWatch Logs.',
    },
  });

export const clusterOfRefusesDeletion = (engine: Of, told: Told) =>
  defineControl(dbCluster, {
    ...shared(told),
    needs: ['cluster'],
    evaluate: ({ cluster }) =>
      ofOther(engine, cluster) ??
      mustBeOn('cluster', cluster, 'DeletionProtection', 'the cluster can be deleted by one call'),
    remediation: {
      advice:
        'Turn on deletion protection on the cluster; it takes effect at once and interrupts nothing.',
      grants: modifiesCluster,
      plan: ({ cluster }, place) =>
        changeCluster(cluster, place, {
          risk: 'safe',
          summary: 'turns on deletion protection of the cluster',
          set: { DeletionProtection: true },
          back: { DeletionProtection: false },
        }),
    },
  });

export const snapshotOfIsPrivate = (engine: Of, told: Told) =>
  defineControl(dbClusterSnapshot, {
    ...shared(told),
    exposes: true,
    needs: ['snapshot', 'attributes'],
    evaluate: ({ snapshot, attributes }) =>
      ofOther(engine, { Engine: snapshot.Engine }) ?? evaluateSharing(attributes),
    remediation: unsharing,
  });
