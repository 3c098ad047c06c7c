import { domainSpansNodes } from '../../../lib/controls/opensearch/domain-spans-nodes.ts';
import { testControl } from '../harness.ts';
import { domain } from './domains.ts';

testControl(domainSpansNodes, {
  rows: {
    'three in several zones': { given: { domain }, verdict: 'PASS' },
    two: {
      given: { domain: { ...domain, nodes: { data: 2, areInZones: true } } },
      verdict: 'FAIL',
      evidence: ['domain.nodes.data'],
    },
    'three in one zone': {
      given: { domain: { ...domain, nodes: { data: 3, areInZones: false } } },
      verdict: 'FAIL',
      evidence: ['domain.nodes.areInZones'],
    },
    'one, as by default': {
      given: { domain: { ...domain, nodes: { data: 1, areInZones: false } } },
      verdict: 'FAIL',
      evidence: ['domain.nodes.data', 'domain.nodes.areInZones'],
    },
  },
});
