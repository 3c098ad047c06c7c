import { defineControl, fail, pass } from '../../model/control.ts';
import { redshiftCluster } from '../../resources/redshift/redshift-cluster.ts';

export const redshiftClusterHasOwnAdminName = defineControl(redshiftCluster, {
  id: 'Redshift.8',
  title: 'Amazon Redshift clusters should not use the default Admin username',
  severity: 'MEDIUM',
  rationale: 'A name that everybody knows leaves an attacker the password alone to guess.',
  standards: { 'fsbp-1.0.0': ['Redshift.8'], 'nist-800-53-r5': ['CA-9(1)', 'CM-2'] },
  needs: ['admin'],
  evaluate: ({ admin }) =>
    admin.hasDefaultName
      ? fail('the administrator has the name that AWS proposes', [
          { path: 'admin.hasDefaultName', actual: true, expected: false },
        ])
      : pass,
  remediation: {
    advice:
      'The name is fixed when a cluster is made: restore a snapshot into a new one, with another name.',
  },
});
