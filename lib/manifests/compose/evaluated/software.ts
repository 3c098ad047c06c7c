import { strings } from '../../../model/parameters.ts';
import type { ComposeService, Software } from '../../model/compose-service.ts';

/** Programs that keep data, by the last part of the names of their images. */
const dataStores = [
  'cassandra',
  'clickhouse',
  'clickhouse-server',
  'cockroach',
  'couchbase',
  'couchdb',
  'dragonfly',
  'elasticsearch',
  'etcd',
  'influxdb',
  'keydb',
  'mariadb',
  'memcached',
  'mongo',
  'mongodb',
  'mongodb-community-server',
  'mongodb-enterprise-server',
  'mssql/server',
  'mysql',
  'mysql-server',
  'neo4j',
  'opensearch',
  'oracle/database',
  'percona',
  'percona-server',
  'percona-server-mongodb',
  'pgvector',
  'postgis',
  'postgres',
  'postgresql',
  'rabbitmq',
  'redis',
  'redis-stack',
  'redis-stack-server',
  'scylla',
  'surrealdb',
  'timescaledb',
  'timescaledb-ha',
  'valkey',
  'zookeeper',
];
const proxies = [
  'apache',
  'caddy',
  'cloudflared',
  'envoy',
  'haproxy',
  'httpd',
  'ingress',
  'kong',
  'nginx',
  'nginx-proxy',
  'nginx-proxy-manager',
  'nginx-unprivileged',
  'openresty',
  'proxy',
  'reverse-proxy',
  'swag',
  'traefik',
  'varnish',
];

const imageName = /^[a-z0-9][a-z0-9._/-]*$/;
export const dataStoreParameter = {
  dataStores: strings({
    default: dataStores,
    allowed: 'names of images, such as postgres or mssql/server',
    pattern: imageName,
  }),
};
export const proxyParameter = {
  proxies: strings({
    default: proxies,
    allowed: 'names of images or services, such as traefik',
    pattern: imageName,
  }),
};

/** Whether an image is one of these, whatever its registry is. */
export const isOneOf = ({ repository }: Software, names: readonly string[]): boolean =>
  repository !== undefined &&
  names.some((name) => repository === name || repository.endsWith(`/${name}`));

/** Whether a service is a proxy: by its own name, or by its image. */
export const isProxy = ({ name, software }: ComposeService, names: readonly string[]): boolean =>
  names.includes(name.toLowerCase()) || isOneOf(software, names);
