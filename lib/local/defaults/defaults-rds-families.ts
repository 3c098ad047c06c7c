/** A family's parameters that verdicts depend on, with AWS's defaults. */
export const defaultParameters = (family: string): Readonly<Record<string, string>> => {
  const [, engine = '', version = ''] = /^(.{0,100}?)-?([\d.]+)$/.exec(family) ?? [];
  switch (engine) {
    case 'postgres':
      return postgres(Number(version), 15);
    case 'aurora-postgresql':
      return postgres(Number(version), 17);
    case 'mariadb':
      return { require_secure_transport: Number(version) >= 11.8 ? '1' : '0' };
    case 'mysql':
      return { require_secure_transport: '0' };
    case 'aurora-mysql':
      return { require_secure_transport: 'OFF' };
    default:
      return engine.startsWith('sqlserver') ? { 'rds.force_ssl': '0' } : {};
  }
};

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
// https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html
// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL_Password_Encryption_configuration.html
const postgres = (major: number, forcesTlsSince: number) => ({
  'rds.force_ssl': major >= forcesTlsSince ? '1' : '0',
  password_encryption: major >= 14 ? 'scram-sha-256' : 'md5',
  'rds.accepted_password_auth_method': 'md5+scram',
});

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Concepts.General.SSL.Using.html: it takes a reboot.
export const isStatic = (family: string, parameter: string): boolean =>
  family.startsWith('sqlserver') && parameter === 'rds.force_ssl';
