import { domainEncryptsBetweenNodes } from '../../../lib/controls/opensearch/domain-encrypts-between-nodes.ts';
import { testControl } from '../harness.ts';
import { domain } from './domains.ts';

testControl(domainEncryptsBetweenNodes, {
  rows: {
    'as it should be': { given: { domain }, verdict: 'PASS' },
    'of Elasticsearch, as it should not be': {
      given: { domain: { ...domain, engine: 'Elasticsearch_7.10', encryptsBetweenNodes: false } },
      verdict: 'FAIL',
      evidence: ['domain.encryptsBetweenNodes'],
    },
  },
});
