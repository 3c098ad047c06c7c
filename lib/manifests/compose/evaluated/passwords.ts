import { Unresolved } from '../../../model/unresolved.ts';
import type { ComposeService } from '../../model/compose-service.ts';
import { Field } from '../../model/field.ts';
import {
  defineManifestControl,
  departures,
  fault,
  type ManifestControl,
  notApplicable,
} from '../../model/manifest-control.ts';
import { missingIn } from '../variables.ts';
import { secrets } from './pages.ts';

/** What a service is told, by its variables and by what it runs. */
class Told {
  readonly #service: ComposeService;
  constructor(service: ComposeService) {
    this.#service = service;
  }
  /** Whether one of these has a value; from a variable of the shell it has one. */
  has(...names: readonly string[]): boolean {
    return names.some((name) => {
      const field = this.#service.environment.get(name);
      return field !== undefined && field.text() !== '' && field.text() !== 'null';
    });
  }
  /** The value of a variable in lower case. Throws Unresolved where somebody else says it. */
  value(name: string): string | undefined {
    const field = this.#service.environment.get(name);
    const [missing] = missingIn(field?.text() ?? '');
    if (missing !== undefined) throw new Unresolved(`the value of $${missing}`);
    return field?.text()?.trim().toLowerCase();
  }
  is(name: string, ...values: readonly string[]): boolean {
    return values.includes(this.value(name) ?? '');
  }
  /** Where it says what it runs; a variable of it is kept as it stands. */
  runs(pattern: RegExp): boolean {
    const { field } = this.#service;
    const text = ['entrypoint', 'command']
      .map((key) => field.get(key))
      .flatMap((one) => (Array.isArray(one.value) ? one.texts() : (one.text() ?? [])))
      .join(' ');
    return pattern.test(text);
  }
  get tag(): string | undefined {
    return this.#service.software.tag;
  }
  /** Whether a file of configuration is mounted, which can say it. */
  isMounted(pattern: RegExp): boolean {
    const { field, mounts } = this.#service;
    const files = ['configs', 'secrets'].flatMap((kind) =>
      field
        .get(kind)
        .items()
        .map((one) => one.get('target').text() ?? `/${one.text() ?? ''}`),
    );
    return [...files, ...mounts.map(({ target }) => target)].some((one) => pattern.test(one));
  }
}

/** How a data store is told to ask for a password. `unknown`: a file that is not read says it. */
type Rule = (told: Told) => boolean | 'unknown';

const isOn = ['true', '1', 'yes', 'on'] as const;

const redis: Rule = (told) => {
  if (told.is('ALLOW_EMPTY_PASSWORD', ...isOn)) return false;
  if (told.runs(/--(?:requirepass|aclfile|user)(?:\s+|=)(?!["']{2}|--)["']?\S/)) return true;
  if (told.has('REDIS_ARGS') && /--requirepass\s+\S/.test(told.value('REDIS_ARGS') ?? ''))
    return true;
  return told.runs(/\.conf\b/) || told.isMounted(/redis[^/]*\.conf$|valkey[^/]*\.conf$/)
    ? 'unknown'
    : false;
};
const ofBitnami =
  (name: string): Rule =>
  (told) =>
    !told.is('ALLOW_EMPTY_PASSWORD', ...isOn) && told.has(name, `${name}_FILE`);

const mongo: Rule = (told) => {
  if (told.runs(/--noauth\b/)) return false;
  const hasRoot =
    told.has(
      'MONGO_INITDB_ROOT_USERNAME',
      'MONGO_INITDB_ROOT_USERNAME_FILE',
      'MONGODB_INITDB_ROOT_USERNAME',
    ) &&
    told.has(
      'MONGO_INITDB_ROOT_PASSWORD',
      'MONGO_INITDB_ROOT_PASSWORD_FILE',
      'MONGODB_INITDB_ROOT_PASSWORD',
    );
  if (hasRoot || told.runs(/--(?:auth|keyFile)\b/)) return true;
  return told.runs(/--config\b|-f\s/) || told.isMounted(/mongod?\.conf$/) ? 'unknown' : false;
};
const memcached: Rule = (told) =>
  told.runs(/(?:^|\s)(?:-S|--enable-sasl|-Y|--auth-file)(?:\s|=|$)/);
const rabbitmq: Rule = (told) => {
  if (told.has('RABBITMQ_DEFAULT_PASS_FILE')) return true;
  if (told.has('RABBITMQ_DEFAULT_PASS')) {
    const text = told.value('RABBITMQ_DEFAULT_PASS');
    return text !== 'guest';
  }
  return told.isMounted(/^\/etc\/rabbitmq(?:\/|$)/) ? 'unknown' : false;
};
/** From version 8 on it asks unless it is told otherwise. */
const elasticsearch: Rule = (told) => {
  const said = told.value('xpack.security.enabled');
  if (said !== undefined) return said === 'true';
  if (told.runs(/xpack\.security\.enabled=false/)) return false;
  if (told.isMounted(/elasticsearch\.yml$/)) return 'unknown';
  const major = Number(/^(\d+)/.exec(told.tag ?? '')?.[1] ?? Number.NaN);
  return Number.isNaN(major) ? 'unknown' : major >= 8;
};
const opensearch: Rule = (told) =>
  !(
    told.is('DISABLE_SECURITY_PLUGIN', ...isOn) ||
    told.is('plugins.security.disabled', ...isOn) ||
    told.runs(/plugins\.security\.disabled=true/)
  );
const postgres: Rule = (told) =>
  !(told.is('POSTGRES_HOST_AUTH_METHOD', 'trust') || told.is('ALLOW_EMPTY_PASSWORD', ...isOn));
const mysql: Rule = (told) =>
  !told.runs(/--skip-grant-tables/) &&
  [
    'MYSQL_ALLOW_EMPTY_PASSWORD',
    'MARIADB_ALLOW_EMPTY_PASSWORD',
    'MARIADB_ALLOW_EMPTY_ROOT_PASSWORD',
    'ALLOW_EMPTY_PASSWORD',
  ].every(
    // Any text counts as yes.
    (name) => !told.has(name) || told.is(name, 'no', 'false', '0'),
  );

const rules: Readonly<Record<string, Rule>> = {
  redis,
  valkey: redis,
  keydb: redis,
  'redis-stack': redis,
  'redis-stack-server': redis,
  'bitnami/redis': ofBitnami('REDIS_PASSWORD'),
  'bitnami/valkey': ofBitnami('VALKEY_PASSWORD'),
  mongo,
  mongodb: mongo,
  'mongodb-community-server': mongo,
  'percona-server-mongodb': mongo,
  'bitnami/mongodb': ofBitnami('MONGODB_ROOT_PASSWORD'),
  memcached,
  'bitnami/memcached': ofBitnami('MEMCACHED_PASSWORD'),
  rabbitmq,
  'bitnami/rabbitmq': ofBitnami('RABBITMQ_PASSWORD'),
  elasticsearch,
  opensearch,
  postgres,
  postgresql: postgres,
  postgis: postgres,
  pgvector: postgres,
  timescaledb: postgres,
  mysql,
  'mysql-server': mysql,
  mariadb: mysql,
  percona: mysql,
};
const ruleOf = (repository: string | undefined): Rule | undefined => {
  const steps = (repository ?? '').split('/');
  const [last = '', before] = steps.toReversed();
  const maker = before?.startsWith('bitnami') ? 'bitnami/' : '';
  const name = [`${maker}${last}`, last].find((one) => Object.hasOwn(rules, one));
  return name === undefined ? undefined : rules[name];
};

/** Who is let into a data store. */
export const passwords: readonly ManifestControl[] = [
  defineManifestControl('composeService', {
    id: 'PL.COMPOSE.8',
    title: 'Data stores ask for a password',
    severity: 'HIGH',
    rationale: 'Without one every container of its networks reads and changes the data.',
    standards: {},
    evaluate(service) {
      const rule = ruleOf(service.software.repository);
      if (!rule) return notApplicable('it is no data store whose passwords are known here');
      const asks = rule(new Told(service));
      if (asks === true) return departures([]);
      if (asks === 'unknown')
        throw new Unresolved('a file of configuration or a tag that is not known');
      if (service.hasEnvironmentFiles) throw new Unresolved('the variables in its env_file');
      return departures([
        fault(
          new Field(undefined, service.field.at),
          'a password',
          'it is not told to ask for a password',
        ),
      ]);
    },
    remediation: {
      advice:
        'Give it a password by a file of secrets: --requirepass for redis, MONGO_INITDB_ROOT_PASSWORD_FILE, RABBITMQ_DEFAULT_PASS, xpack.security.enabled=true, -S for memcached.',
      url: secrets,
    },
  }),
];
