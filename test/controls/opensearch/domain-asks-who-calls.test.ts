import { domainAsksWhoCalls } from '../../../lib/controls/opensearch/domain-asks-who-calls.ts';
import { testControl } from '../harness.ts';
import { domain } from './domains.ts';

testControl(domainAsksWhoCalls, {
  rows: {
    'as it should be': { given: { domain }, verdict: 'PASS' },
    'of Elasticsearch, as it should not be': {
      given: { domain: { ...domain, engine: 'Elasticsearch_7.10', asksWho: false } },
      verdict: 'FAIL',
      evidence: ['domain.asksWho'],
    },
  },
});
