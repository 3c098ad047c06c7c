import { defineControl, fail, pass } from '../../model/control.ts';
import { redshiftCluster } from '../../resources/redshift/redshift-cluster.ts';

export const redshiftClusterSpansZones = defineControl(redshiftCluster, {
  id: 'Redshift.18',
  title: 'Redshift clusters should have Multi-AZ deployments enabled',
  severity: 'MEDIUM',
  rationale: 'A cluster in two zones goes on where one of them is out.',
  standards: { 'fsbp-1.0.0': ['Redshift.18'] },
  needs: ['zones'],
  evaluate: ({ zones }) =>
    zones.spansZones
      ? pass
      : fail('the cluster is in one zone', [
          { path: 'zones.spansZones', actual: false, expected: true },
        ]),
  remediation: {
    advice:
      'Turn Multi-AZ on (aws redshift modify-cluster --multi-az): it takes RA3 nodes, a subnet group with three zones, and costs as much as a second cluster.',
  },
});
