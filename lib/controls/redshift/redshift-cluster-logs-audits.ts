import { defineControl, fail, pass } from '../../model/control.ts';
import { redshiftCluster } from '../../resources/redshift/redshift-cluster.ts';

export const redshiftClusterLogsAudits = defineControl(redshiftCluster, {
  id: 'Redshift.4',
  title: 'Amazon Redshift clusters should have audit logging enabled',
  severity: 'MEDIUM',
  rationale: 'Who connected, and who failed to, is known afterwards only where it was logged.',
  standards: {
    'fsbp-1.0.0': ['Redshift.4'],
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
  needs: ['logging'],
  evaluate: ({ logging }) =>
    logging.isOn
      ? pass
      : fail('the cluster writes no audit log', [
          { path: 'logging.isOn', actual: false, expected: true },
        ]),
  remediation: {
    advice:
      'Turn audit logging on (aws redshift enable-logging), to CloudWatch or a bucket. For what users ask, set enable_user_activity_logging in its parameter group as well.',
  },
});
