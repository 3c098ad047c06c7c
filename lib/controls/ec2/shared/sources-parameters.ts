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

/** Where databases listen, over TCP, unless they are told otherwise. */
export const databasePortList = (): Parameter<readonly number[]> =>
  portList([
    // SQL Server, Oracle, MySQL and MariaDB, PostgreSQL, Redshift, CouchDB, Redis, Neptune, Cassandra
    1433,
    1434, 1521, 2484, 3306, 5432, 5439, 5984, 6379, 8182, 9042, 9160,
    // OpenSearch, Memcached, MongoDB and DocumentDB, Db2
    9200, 9300, 11_211, 27_017, 27_018, 27_019, 50_000,
  ]);
