import { defineControl, fail, pass } from '../../model/control.ts';
import { distribution } from '../../resources/cloudfront/distribution.ts';

export const distributionRequiresHttps = defineControl(distribution, {
  id: 'CloudFront.3',
  title: 'CloudFront distributions should require encryption in transit',
  severity: 'MEDIUM',
  rationale: 'What is asked for in the clear is read and changed by whoever is on the way.',
  standards: {
    'fsbp-1.0.0': ['CloudFront.3'],
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
  needs: ['behaviors'],
  evaluate({ behaviors }) {
    const open = behaviors.flatMap(({ viewers }, index) =>
      viewers === 'https-only' || viewers === 'redirect-to-https'
        ? []
        : [
            {
              path: `behaviors[${index}].viewers`,
              actual: viewers ?? null,
              expected: 'redirect-to-https or https-only',
            },
          ],
    );
    return open.length === 0 ? pass : fail('viewers may use HTTP without encryption', open);
  },
  remediation: {
    advice:
      'Set the viewer protocol policy of each behavior to redirect HTTP to HTTPS, or to HTTPS only. Clients that send data by HTTP are to be changed before: a redirect loses it.',
  },
});
