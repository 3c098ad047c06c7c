import { domainRequiresTls } from '../../../lib/controls/opensearch/domain-requires-tls.ts';
import { testControl } from '../harness.ts';
import { domain } from './domains.ts';

testControl(domainRequiresTls, {
  rows: {
    'it does': { given: { domain }, verdict: 'PASS' },
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
