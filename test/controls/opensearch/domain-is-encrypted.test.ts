import { domainIsEncrypted } from '../../../lib/controls/opensearch/domain-is-encrypted.ts';
import { testControl } from '../harness.ts';
import { domain } from './domains.ts';

testControl(domainIsEncrypted, {
  rows: {
    'as it should be': { given: { domain }, verdict: 'PASS' },
    'of Elasticsearch, as it should not be': {
      given: { domain: { ...domain, engine: 'Elasticsearch_7.10', isEncrypted: false } },
      verdict: 'FAIL',
      evidence: ['domain.isEncrypted'],
    },
  },
});
