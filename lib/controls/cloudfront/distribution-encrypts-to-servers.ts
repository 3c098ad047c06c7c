import { defineControl } from '../../model/control.ts';
import { distribution } from '../../resources/cloudfront/distribution.ts';
import { evaluateServers } from './shared/origins.ts';

export const distributionEncryptsToServers = defineControl(distribution, {
  id: 'CloudFront.9',
  title: 'CloudFront distributions should encrypt traffic to custom origins',
  severity: 'MEDIUM',
  rationale:
    'A viewer sees HTTPS, and the rest of the way, over the internet too, would be in the clear.',
  standards: {
    'fsbp-1.0.0': ['CloudFront.9'],
    'nist-800-53-r5': [
      'AC-17(2)',
      'AC-4',
      'IA-5(1)',
      'SC-12(3)',
      'SC-13',
      'SC-23',
      'SC-23(3)',
      'SC-7(4)',
      'SC-8',
      'SC-8(1)',
      'SC-8(2)',
      'SI-7(6)',
    ],
    'pci-dss-4.0.1': ['1.2.5', '2.2.5', '2.2.7', '4.2.1', '4.2.1.1', '8.3.2'],
  },
  needs: ['origins', 'originGroups', 'behaviors'],
  evaluate({ origins, originGroups, behaviors }) {
    const open = new Set(
      behaviors.filter(({ viewers }) => viewers === 'allow-all').map(({ origin }) => origin),
    );
    for (const { id, members } of originGroups)
      if (open.has(id)) for (const member of members) open.add(member);
    return evaluateServers(
      origins,
      'CloudFront talks to a server without encryption',
      ({ id, protocol }) =>
        protocol === 'https-only' || (protocol === 'match-viewer' && !open.has(id))
          ? undefined
          : { of: 'protocol', actual: protocol ?? null, expected: 'https-only' },
    );
  },
  remediation: {
    advice:
      'Have the origin serve HTTPS with a certificate that CloudFront trusts, and set its protocol policy to HTTPS only. A website of S3 serves HTTP alone: use the bucket itself, with origin access control.',
  },
});
