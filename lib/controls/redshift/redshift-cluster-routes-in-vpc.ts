import { defineControl, fail, pass } from '../../model/control.ts';
import { redshiftCluster } from '../../resources/redshift/redshift-cluster.ts';

export const redshiftClusterRoutesInVpc = defineControl(redshiftCluster, {
  id: 'Redshift.7',
  title: 'Redshift clusters should use enhanced VPC routing',
  severity: 'MEDIUM',
  rationale:
    'What COPY and UNLOAD carry goes past the rules and the flow logs of the VPC otherwise.',
  standards: {
    'fsbp-1.0.0': ['Redshift.7'],
    'nist-800-53-r5': [
      ...['AC-4', 'AC-4(21)', 'SC-7', 'SC-7(11)', 'SC-7(20)', 'SC-7(21)', 'SC-7(4)', 'SC-7(9)'],
    ],
  },
  needs: ['cluster'],
  evaluate: ({ cluster }) =>
    cluster.routesInVpc
      ? pass
      : fail('the cluster moves data past the VPC', [
          { path: 'cluster.routesInVpc', actual: false, expected: true },
        ]),
  remediation: {
    advice:
      'Turn on enhanced VPC routing once the VPC has an endpoint for S3, or another way to it: COPY and UNLOAD hang where there is none. The cluster restarts.',
  },
});
