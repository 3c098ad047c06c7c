import type { TLSSecurityPolicy } from '@aws-sdk/client-opensearch';
import { defineControl, type Evidence, fail, pass } from '../../model/control.ts';
import { opensearchDomain } from '../../resources/opensearch/opensearch-domain.ts';

/**
 * The policies of OpenSearch Service that take TLS 1.2 at least, and ciphers with forward secrecy only.
 * https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DomainEndpointOptions.html
 */
export const strong: readonly TLSSecurityPolicy[] = [
  'Policy-Min-TLS-1-2-PFS-2023-10',
  // What the FIPS endpoints of the gov regions take as well: https://www.rfc-editor.org/rfc/rfc9151
  'Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08',
];

export const domainRequiresTls = defineControl(opensearchDomain, {
  id: 'Opensearch.8',
  title: 'Connections to OpenSearch domains should be encrypted using TLS 1.2',
  severity: 'MEDIUM',
  rationale:
    'What is sent in the clear, or by an old version of TLS, is read and changed on its way.',
  standards: {
    'fsbp-1.0.0': ['Opensearch.8'],
    'nist-800-53-r5': [
      ...['AC-17(2)', 'AC-4', 'IA-5(1)', 'SC-12(3)', 'SC-13', 'SC-23', 'SC-23(3)'],
      ...['SC-7(4)', 'SC-8', 'SC-8(1)', 'SC-8(2)', 'SI-7(6)'],
    ],
  },
  needs: ['domain'],
  evaluate({ domain: { requiresHttps, tlsPolicy } }) {
    const faults: readonly Evidence[] = [
      ...(requiresHttps ? [] : [{ path: 'domain.requiresHttps', actual: false, expected: true }]),
      ...(strong.some((one) => one === tlsPolicy)
        ? []
        : [{ path: 'domain.tlsPolicy', actual: tlsPolicy ?? null, expected: strong }]),
    ];
    return faults.length === 0
      ? pass
      : fail('the domain takes connections that are not encrypted well', faults);
  },
  remediation: {
    advice:
      'Require HTTPS and choose Policy-Min-TLS-1-2-PFS-2023-10, or Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08. Look first whether older clients still come by HTTP or TLS 1.0.',
  },
});
