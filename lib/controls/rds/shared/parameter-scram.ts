import { engineOf, isAtLeast } from '../../../resources/rds/db-engine.ts';
import type { ParametersInUse } from '../../../resources/rds/db-parameters.ts';
import type { Setting } from './parameter-in-effect.ts';

// AWS user guides: PostgreSQL_Password_Encryption_configuration of RDS and of Aurora. From PostgreSQL 14 on
// the default is scram-sha-256, before it md5; a server accepts both kinds until it is told to refuse md5.
const hashes = (version: string): Setting => ({
  name: 'password_encryption',
  expected: 'scram-sha-256',
  holds: (value) => value === 'scram-sha-256',
  holdsByDefault: isAtLeast(version, 14),
});
const refuses: Setting = {
  name: 'rds.accepted_password_auth_method',
  expected: 'scram',
  holds: (value) => value === 'scram',
  holdsByDefault: false,
};

/** The settings that keep a PostgreSQL to SCRAM, the most telling first; none for another engine. */
export const scramSettingsOf = (
  { engine, version }: ParametersInUse,
  refusesMd5: boolean,
): readonly Setting[] => {
  const { family, custom } = engineOf(engine) ?? {};
  if (custom || !(family === 'postgres' || family === 'aurora-postgresql')) return [];
  return refusesMd5 ? [hashes(version), refuses] : [hashes(version)];
};
