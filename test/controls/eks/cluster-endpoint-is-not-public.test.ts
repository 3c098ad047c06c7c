import { clusterEndpointIsNotPublic } from '../../../lib/controls/eks/cluster-endpoint-is-not-public.ts';
import { testControl } from '../harness.ts';
import { cluster, published } from './clusters.ts';

testControl(clusterEndpointIsNotPublic, {
  rows: {
    private: { given: { cluster }, verdict: 'PASS' },
    public: {
      given: published('0.0.0.0/0'),
      verdict: 'FAIL',
      evidence: ['cluster.hasPublicEndpoint'],
    },
    // Security Hub's control asks for no sources.
    'public, for an office': { given: published('198.51.100.0/24'), verdict: 'FAIL' },
  },
});
