import type {
  CreateReplicationGroupMessage,
  ModifyReplicationGroupMessage,
} from '@aws-sdk/client-elasticache';
import type { Clients } from '../../../../lib/aws/clients.ts';
import { remade, type Setting, turnOf } from './setting.ts';
import type { Turn } from './turn.ts';

type New = Partial<CreateReplicationGroupMessage>;
type Change = Omit<ModifyReplicationGroupMessage, 'ReplicationGroupId'>;

const type = 'AWS::ElastiCache::ReplicationGroup';
const create = async (clients: Clients, ReplicationGroupId: string, differing: New) => {
  await (await clients('elasticache')).createReplicationGroup({
    ...{ ReplicationGroupId, ReplicationGroupDescription: 'orders', Engine: 'redis' },
    ...{ CacheNodeType: 'cache.t4g.micro', NumCacheClusters: 2, TransitEncryptionEnabled: true },
    ...differing,
  });
  return ReplicationGroupId;
};

/** One call sets it on a group that is made so. */
const changed = (
  control: string,
  [right, wrong]: readonly [Change, Change],
  made: New = {},
): Setting => ({
  ...{ control, type },
  create: (clients, name) => create(clients, name, made),
  set: async (clients, ReplicationGroupId, isRight) =>
    (await clients('elasticache')).modifyReplicationGroup({
      ...{ ReplicationGroupId, ApplyImmediately: true },
      ...(isRight ? right : wrong),
    }),
});

export const cacheTurns: readonly Turn[] = [
  ...[
    changed('ElastiCache.3', [
      { AutomaticFailoverEnabled: true },
      { AutomaticFailoverEnabled: false },
    ]),
    changed('ElastiCache.5', [
      { TransitEncryptionEnabled: true, TransitEncryptionMode: 'preferred' },
      { TransitEncryptionEnabled: false },
    ]),
    changed('PL.ELASTICACHE.1', [
      { TransitEncryptionMode: 'required' },
      { TransitEncryptionMode: 'preferred' },
    ]),
    changed(
      'ElastiCache.6',
      [
        { AuthToken: 'not-a-secret-0123456789', AuthTokenUpdateStrategy: 'SET' },
        { AuthTokenUpdateStrategy: 'DELETE' },
      ],
      { EngineVersion: '5.0.6' },
    ),
  ].map(turnOf),
  remade(
    {
      type,
      create,
      remove: async (clients, ReplicationGroupId) =>
        (await clients('elasticache')).deleteReplicationGroup({ ReplicationGroupId }),
    },
    'ElastiCache.4',
    { AtRestEncryptionEnabled: true },
    { AtRestEncryptionEnabled: false },
  ),
];
