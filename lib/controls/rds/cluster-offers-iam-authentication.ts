import { dbCluster } from '../../resources/db-cluster.ts';
import { defineControl } from '../control.ts';
import { clusterOutOfScope } from '../judgement/database-scope.ts';
import { mustBeOn } from '../judgement/database-setting.ts';

export const clusterOffersIamAuthentication = defineControl(dbCluster, {
  id: 'RDS.12',
  title: 'IAM authentication should be configured for RDS clusters',
  severity: 'MEDIUM',
  rationale:
    'Tokens of IAM last 15 minutes and need no password that somebody has to keep, rotate and lose.',
  standards: {
    'fsbp-1.0.0': ['RDS.12'],
    'nist-800-53-r5': ['AC-2(1)', 'AC-3', 'AC-3(15)', 'AC-3(7)', 'AC-6'],
  },
  needs: ['cluster'],
  evaluate: ({ cluster }) =>
    clusterOutOfScope(cluster) ??
    mustBeOn(
      'cluster',
      cluster,
      'IAMDatabaseAuthenticationEnabled',
      'IAM database authentication is off',
    ),
  remediation: {
    advice:
      "Turn on IAM database authentication on the DB cluster, and let the applications' roles connect with tokens.",
  },
});
