import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { cacheReplicationGroup } from '../../resources/elasticache/replication-group.ts';

export const replicationGroupRequiresTls = defineControl(cacheReplicationGroup, {
  id: 'PL.ELASTICACHE.1',
  title: 'ElastiCache replication groups should take no connection without TLS',
  severity: 'MEDIUM',
  rationale:
    'In the mode preferred a client that forgets TLS sends its password in the clear, and nobody notices.',
  standards: {},
  needs: ['group'],
  evaluate({ group: { usesTls, tlsMode } }) {
    if (!usesTls) return notApplicable('it uses no TLS, of which ElastiCache.5 tells');
    return tlsMode === 'preferred'
      ? fail('the replication group takes connections without TLS, too', [
          { path: 'group.tlsMode', actual: tlsMode, expected: 'required' },
        ])
      : pass;
  },
  remediation: {
    advice: 'Set the mode to required once all clients use TLS.',
    url: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-enable.html',
  },
});
