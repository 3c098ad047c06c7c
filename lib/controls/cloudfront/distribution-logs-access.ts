import { defineControl, fail, pass } from '../../model/control.ts';
import { distribution } from '../../resources/cloudfront/distribution.ts';

export const distributionLogsAccess = defineControl(distribution, {
  id: 'CloudFront.5',
  title: 'CloudFront distributions should have logging enabled',
  severity: 'MEDIUM',
  rationale: 'Who asked for what, and from where, stands in the access log and nowhere else.',
  standards: {
    'fsbp-1.0.0': ['CloudFront.5'],
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
  needs: ['distribution'],
  evaluate: ({ distribution: { logsAccess } }) =>
    logsAccess
      ? pass
      : fail('the distribution writes no access log to a bucket', [
          { path: 'distribution.logsAccess', actual: false, expected: true },
        ]),
  remediation: {
    advice:
      'Turn standard logging (legacy) on, to a bucket that allows ACLs. Security Hub does not count logs that are delivered by CloudWatch (v2): exempt a distribution that has these.',
  },
});
