import { TLSSecurityPolicy } from '@aws-sdk/client-opensearch';
import { domainRequiresTls, strong } from '../../../lib/controls/opensearch/domain-requires-tls.ts';
import { testControl } from '../harness.ts';
import { domain } from './domains.ts';

testControl(domainRequiresTls, {
  rows: {
    'it does': { given: { domain }, verdict: 'PASS' },
    'TLS 1.2 with the ciphers of RFC 9151': {
      given: { domain: { ...domain, tlsPolicy: 'Policy-Min-TLS-1-2-RFC9151-FIPS-2024-08' } },
      verdict: 'PASS',
    },
    'HTTP as well': {
      given: { domain: { ...domain, requiresHttps: false } },
      verdict: 'FAIL',
      evidence: ['domain.requiresHttps'],
    },
    'TLS 1.0': {
      given: { domain: { ...domain, tlsPolicy: 'Policy-Min-TLS-1-0-2019-07' } },
      verdict: 'FAIL',
      evidence: ['domain.tlsPolicy'],
    },
    // Security Hub asks for the latest policy: this one takes ciphers without forward secrecy.
    'TLS 1.2 with older ciphers': {
      given: { domain: { ...domain, tlsPolicy: 'Policy-Min-TLS-1-2-2019-07' } },
      verdict: 'FAIL',
    },
    'nothing is set': {
      given: { domain: { ...domain, requiresHttps: false, tlsPolicy: undefined } },
      verdict: 'FAIL',
      evidence: ['domain.requiresHttps', 'domain.tlsPolicy'],
    },
  },
});

it('weighs every policy that the SDK knows', () => {
  const weak = ['Policy-Min-TLS-1-0-2019-07', 'Policy-Min-TLS-1-2-2019-07'];
  expect([...strong, ...weak].toSorted()).toEqual(Object.values(TLSSecurityPolicy).toSorted());
});
