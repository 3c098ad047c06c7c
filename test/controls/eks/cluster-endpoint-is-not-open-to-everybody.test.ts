import { clusterEndpointIsNotOpenToEverybody } from '../../../lib/controls/eks/cluster-endpoint-is-not-open-to-everybody.ts';
import { testControl } from '../harness.ts';
import { cluster, published } from './clusters.ts';

const fails = { verdict: 'FAIL', evidence: ['cluster.publicSources'] } as const;

testControl(clusterEndpointIsNotOpenToEverybody, {
  rows: {
    private: { given: { cluster }, verdict: 'PASS' },
    'for an office': { given: published('198.51.100.0/24', '2001:db8::/32'), verdict: 'PASS' },
    'for a private network': { given: published('10.0.0.0/8', 'fc00::/7'), verdict: 'PASS' },
    'for more than a private network': { given: published('10.0.0.0/7'), ...fails },
    'for everybody': { given: published('0.0.0.0/0'), ...fails },
    'for everybody, in halves': { given: published('0.0.0.0/1', '128.0.0.0/1'), ...fails },
    'for everybody over IPv6': { given: published('198.51.100.0/24', '::/0'), ...fails },
  },
});
