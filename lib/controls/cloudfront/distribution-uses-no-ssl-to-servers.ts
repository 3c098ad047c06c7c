import { defineControl } from '../../model/control.ts';
import { distribution } from '../../resources/cloudfront/distribution.ts';
import { evaluateServers } from './shared/origins.ts';

export const distributionUsesNoSslToServers = defineControl(distribution, {
  id: 'CloudFront.10',
  title: 'CloudFront distributions should use no deprecated TLS towards their origins',
  severity: 'MEDIUM',
  rationale: 'SSL 3.0 has been broken since 2014: whoever is on the way can read what it carries.',
  standards: {
    'fsbp-1.0.0': ['CloudFront.10'],
    'nist-800-53-r5': [
      'AC-17(2)',
      'AC-4',
      'IA-5(1)',
      'SC-12(3)',
      'SC-13',
      'SC-23',
      'SC-7(4)',
      'SC-8',
      'SC-8(1)',
      'SC-8(2)',
      'SI-7(6)',
    ],
    'pci-dss-4.0.1': ['1.2.5', '2.2.5', '2.2.7', '4.2.1', '4.2.1.1', '8.3.2'],
  },
  needs: ['origins'],
  evaluate: ({ origins }) =>
    evaluateServers(origins, 'CloudFront may use SSL 3.0 with a server', ({ tls }) =>
      tls.includes('SSLv3') ? { of: 'tls', actual: tls, expected: 'without SSLv3' } : undefined,
    ),
  remediation: {
    advice:
      'Take SSLv3 out of the protocols of the origin; leave TLSv1.2 alone where the server has it.',
  },
});
