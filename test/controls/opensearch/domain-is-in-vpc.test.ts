import { domainIsInVpc } from '../../../lib/controls/opensearch/domain-is-in-vpc.ts';
import { testControl } from '../harness.ts';
import { domain } from './domains.ts';

testControl(domainIsInVpc, {
  rows: {
    'as it should be': { given: { domain }, verdict: 'PASS' },
    'of Elasticsearch, as it should not be': {
      given: { domain: { ...domain, engine: 'Elasticsearch_7.10', isInVpc: false } },
      verdict: 'FAIL',
      evidence: ['domain.isInVpc'],
    },
  },
});
