import { defineControl, propose } from '../../model/control.ts';
import { dbCluster } from '../../resources/rds/db-cluster.ts';
import { evaluateAdminName, validAdminUserNames } from './shared/database-admin.ts';
import { clusterOutOfScope } from './shared/database-scope.ts';

export const clusterHasOwnAdminName = defineControl(dbCluster, {
  id: 'RDS.24',
  title: 'RDS Database clusters should use a custom administrator username',
  severity: 'MEDIUM',
  rationale: 'Half of a login that everybody knows leaves only the password to guess.',
  standards: {
    'fsbp-1.0.0': ['RDS.24'],
    'nist-800-53-r5': ['CA-9(1)', 'CM-2'],
    'pci-dss-4.0.1': ['2.2.2'],
  },
  needs: ['cluster'],
  parameters: { validAdminUserNames },
  evaluate: ({ cluster }, { parameters }) =>
    clusterOutOfScope(cluster) ??
    evaluateAdminName(
      'cluster.MasterUsername',
      cluster.MasterUsername,
      parameters.validAdminUserNames,
    ),
  remediation: {
    advice:
      'The name is fixed at creation: create a new DB cluster with a name of your own, move the data, and delete the old one.',
    grants: [],
    plan: () =>
      propose(
        'the name is fixed at creation: it takes a new DB cluster with a name of your own, to which data and clients move',
      ),
  },
});
