import type { Clients } from '../../../lib/aws/clients.ts';
import { createReader } from '../../../lib/aws/reader.ts';
import { cacheReplicationGroup } from '../../../lib/resources/elasticache/replication-group.ts';
import { accountId, refOf, region } from '../aws.ts';

const fault = (name: string) => Object.assign(new Error(name), { name });
/** A group of these nodes: each answers with its version, or fails. */
const engineOf = async (nodes: Readonly<Record<string, string | Error>>) => {
  const elasticache = {
    describeReplicationGroups: async () => ({
      ReplicationGroups: [{ MemberClusters: Object.keys(nodes) }],
    }),
    async describeCacheClusters({ CacheClusterId }: { readonly CacheClusterId: string }) {
      const answer = nodes[CacheClusterId];
      if (answer instanceof Error) throw answer;
      return { CacheClusters: [{ EngineVersion: answer }] };
    },
  };
  const clients = (async () => elasticache) as unknown as Clients;
  const reader = createReader({ account: accountId, region, clients });
  const reading = await reader.read(cacheReplicationGroup, refOf('orders'), ['engine']);
  return reading.gone ? 'gone' : reading.facets;
};

it('asks the next node for the version where one is gone', async () => {
  const gone = fault('CacheClusterNotFoundFault');
  expect(await engineOf({ 'orders-001': gone, 'orders-002': '5.0.6' })).toEqual({
    engine: { value: { version: '5.0.6' } },
  });
  expect(await engineOf({ 'orders-001': gone })).toEqual({
    engine: { value: undefined },
  });
});

it('throws what may pass', async () => {
  await expect(engineOf({ 'orders-001': fault('Throttling') })).rejects.toThrow('Throttling');
});
