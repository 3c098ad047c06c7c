import { securityGroupClosesDatabasePorts } from '../../../lib/controls/ec2/security-group-closes-database-ports.ts';
import { testControl } from '../harness.ts';
import { group, narrowed, notAllTraffic, revoked, split } from './rules.ts';

/** Where a database of each kind listens by default. */
const kinds: Readonly<Record<string, readonly number[]>> = {
  'SQL Server': [1433, 1434],
  Oracle: [1521, 2483, 2484],
  MySQL: [3306, 33_060],
  PostgreSQL: [5432],
  Redshift: [5439],
  Db2: [50_000],
  'Redis and MemoryDB': [6379, 6380],
  Memcached: [11_211, 11_212],
  DAX: [8111, 9111],
  Neptune: [8182],
  Neo4j: [7473, 7474, 7687],
  Cassandra: [7000, 7001, 7199, 9042, 9160],
  Keyspaces: [9142],
  'MongoDB and DocumentDB': [27_017, 27_018, 27_019],
  CouchDB: [5984, 6984],
  OpenSearch: [9200, 9300],
  'InfluxDB and Timestream for InfluxDB': [8086],
  ClickHouse: [8123, 9440],
  etcd: [2379, 2380],
};
const ofKinds = Object.fromEntries(
  Object.entries(kinds).flatMap(([kind, ports]) =>
    ports.map((port) => [
      `${kind} on ${port}`,
      { given: group([`tcp ${port} from 0.0.0.0/0`]), verdict: 'FAIL', plan: revoked } as const,
    ]),
  ),
);

testControl(securityGroupClosesDatabasePorts, {
  rows: {
    ...ofKinds,
    'a web server on a port that a database may have as well': {
      given: group(['tcp 3000 from 0.0.0.0/0', 'tcp 8443 from ::/0', 'tcp 9000 from ::/0']),
      verdict: 'PASS',
    },
    'every port, closed port by port': {
      given: group(['tcp 0-65535 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: split(34),
    },
    'no rule': { given: group([]), verdict: 'PASS' },
    'PostgreSQL from everywhere': {
      given: group(['tcp 443 from 0.0.0.0/0', 'tcp 5432 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: revoked,
      reason: /^tcp 5432 open to the internet$/,
      evidence: ['rules[ingress tcp 5432 from 0.0.0.0/0]'],
    },
    'Redis over IPv6': { given: group(['tcp 6379 from ::/0']), verdict: 'FAIL', plan: revoked },
    'MongoDB in a wide range': {
      given: group(['tcp 27000-28000 from 0.0.0.0/0']),
      verdict: 'FAIL',
      plan: split(1),
      reason: /^tcp 27017-27019 open/,
    },
    'every protocol': { given: group(['-1 from 0.0.0.0/0']), verdict: 'FAIL', plan: notAllTraffic },
    'the media ports of a telephone server, which are UDP': {
      given: group(['udp 10000-60000 from 0.0.0.0/0']),
      verdict: 'PASS',
    },
    'from one public address': { given: group(['tcp 5432 from 198.51.100.7/32']), verdict: 'PASS' },
    'from the application': { given: group(['tcp 5432 from sg-2']), verdict: 'PASS' },
    'halves of the internet': {
      given: group(['tcp 5432 from 0.0.0.0/1', 'tcp 5432-5433 from 128.0.0.0/1']),
      verdict: 'FAIL',
      plan: { ...narrowed, calls: [...narrowed.calls, ...revoked.calls] },
    },
    'a port that the baseline adds': {
      given: group(['tcp 15432 from 0.0.0.0/0']),
      parameters: { databasePorts: [15_432] },
      verdict: 'FAIL',
      plan: revoked,
    },
    'a port that the baseline leaves out': {
      given: group(['tcp 5432 from 0.0.0.0/0']),
      parameters: { databasePorts: [3306] },
      verdict: 'PASS',
    },
    'a list that holds everything': {
      given: group(['tcp 3306 from pl-1'], { 'pl-1': ['0.0.0.0/0'] }),
      verdict: 'FAIL',
      plan: revoked,
    },
    'a list that cannot be seen': { given: group(['tcp 3306 from pl-1']), verdict: 'UNKNOWN' },
  },
});
