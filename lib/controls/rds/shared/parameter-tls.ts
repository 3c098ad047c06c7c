import { type EngineFamily, engineOf, isAtLeast } from '../../../resources/rds/db-engine.ts';
import type { ParametersInUse } from '../../../resources/rds/db-parameters.ts';
import type { Setting } from './parameter-in-effect.ts';

interface TlsParameter {
  readonly name: string;
  readonly expected: string;
  /** The first version that has the parameter. */
  readonly since?: readonly [major: number, minor: number];
  /** The first version that forces TLS where the group says nothing. */
  readonly defaultSince?: readonly [major: number, minor: number];
}
const forceSsl = { name: 'rds.force_ssl', expected: '1' } as const;
const secureTransport = { name: 'require_secure_transport', expected: 'ON' } as const;

// AWS user guides: PostgreSQL.Concepts.General.SSL, AuroraPostgreSQL.Security, mysql-ssl-connections.require-ssl,
// mariadb-ssl-connections.require-ssl. Oracle takes TLS from an option group, Db2 from its registry: not evaluated.
const parameters: { readonly [F in EngineFamily]?: TlsParameter } = {
  postgres: { ...forceSsl, defaultSince: [15, 0] },
  'aurora-postgresql': { ...forceSsl, defaultSince: [17, 0] },
  sqlserver: forceSsl,
  mysql: { ...secureTransport, since: [5, 7] },
  'aurora-mysql': { ...secureTransport, since: [5, 7] },
  mariadb: { ...secureTransport, since: [10, 5], defaultSince: [11, 8] },
};

// PostgreSQL and SQL Server know 0 and 1; MySQL and MariaDB show either 1 or ON.
const isOn = (value: string): boolean => /^(1|on|true)$/i.test(value);

/** The setting that forces TLS on a database; `undefined` where no parameter does. */
export const tlsSettingOf = ({ engine, version }: ParametersInUse): Setting | undefined => {
  const { family, custom } = engineOf(engine) ?? {};
  const parameter = family && !custom ? parameters[family] : undefined;
  if (!parameter) return undefined;
  const { name, expected, since, defaultSince } = parameter;
  if (since && !isAtLeast(version, ...since)) return undefined;
  const holdsByDefault = defaultSince !== undefined && isAtLeast(version, ...defaultSince);
  return { name, expected, holds: isOn, holdsByDefault };
};
