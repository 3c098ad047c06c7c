import { networkOf } from '../../../analysis/network/sources.ts';
import { integer, integers, type Parameter } from '../../../model/parameters.ts';

const listOf = (
  allowed: string,
  isItem: (item: string) => boolean,
): Parameter<readonly string[]> => ({
  default: [],
  allowed: `a list of ${allowed}`,
  accepts: (value): value is readonly string[] =>
    Array.isArray(value) && value.every((item) => typeof item === 'string' && isItem(item)),
});
const isNetwork = (item: string): boolean => networkOf(item) !== undefined;

/** Networks; none by default. */
export const networkList = (): Parameter<readonly string[]> =>
  listOf('networks such as 198.51.100.0/24 or 2001:db8::/48', isNetwork);

/** Networks, prefix lists and security groups; none by default. */
export const sourceList = (): Parameter<readonly string[]> =>
  listOf(
    'networks (198.51.100.0/24), prefix lists (pl-…), security groups (sg-…) or self, the group itself',
    (item) => item === 'self' || /^(pl|sg)-[0-9a-f]+$/.test(item) || isNetwork(item),
  );

/** Ports; the numbers that Security Hub allows. */
export const portList = (ports: readonly number[]): Parameter<readonly number[]> =>
  integers({ default: ports, min: 1, max: 65_535 });

/** The length of a prefix. */
export const prefixLength = (options: { default: number; max: number }): Parameter<number> =>
  integer({ ...options, min: 1 });

/**
 * Where databases listen, over TCP, unless they are told otherwise. Ports that are as much those of web servers (3000
 * of Aerospike, 8443 and 9000 of ClickHouse) are not among them: what else is public there, EC2.18 and EC2.19 say.
 */
export const databasePortList = (): Parameter<readonly number[]> =>
  portList([
    // SQL Server; Oracle, of which 2483 and 2484 are the ports that IANA gave it; MySQL, MariaDB and Aurora
    ...[1433, 1434, 1521, 2483, 2484, 3306, 33_060],
    // PostgreSQL, Vertica and YugabyteDB, Redshift, CockroachDB, Db2
    ...[5432, 5433, 5439, 26_257, 50_000],
    // Redis, Valkey and MemoryDB, Memcached; ElastiCache Serverless takes the next port of each too:
    // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/set-up.html
    ...[6379, 6380, 11_211, 11_212],
    // DAX, plain and encrypted: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.create-cluster.cli.configure-inbound-rules.html
    ...[8111, 9111],
    // Neptune, Neo4j, ArangoDB
    ...[8182, 7473, 7474, 7687, 8529],
    // Cassandra and ScyllaDB (between nodes, JMX, clients, Thrift); 9142 is Keyspaces'
    ...[7000, 7001, 7199, 9042, 9142, 9160],
    // MongoDB and DocumentDB, CouchDB, Couchbase
    ...[27_017, 27_018, 27_019, 5984, 6984, 8091, 8092, 8093, 8094, 8095, 8096, 11_207, 11_210],
    // OpenSearch and Elasticsearch, InfluxDB and Timestream for InfluxDB, ClickHouse, etcd
    ...[9200, 9300, 8086, 8123, 9009, 9440, 2379, 2380],
  ]);
