import { engineOf, isAtLeast } from '../../../../lib/resources/rds/db-engine.ts';

describe('the engine of a database', () => {
  it.each([
    ['aurora', 'aurora-mysql'],
    ['aurora-mysql', 'aurora-mysql'],
    ['aurora-postgresql', 'aurora-postgresql'],
    ['db2-ce', 'db2'],
    ['mariadb', 'mariadb'],
    ['mysql', 'mysql'],
    ['oracle-ee-cdb', 'oracle'],
    ['postgres', 'postgres'],
    ['sqlserver-dev-ee', 'sqlserver'],
  ])('%s is %s', (name, family) => {
    expect(engineOf(name)).toEqual({ family, custom: false });
  });

  it.each([
    ['custom-oracle-se2-cdb', 'oracle'],
    ['custom-sqlserver-web', 'sqlserver'],
  ])('%s is RDS Custom', (name, family) => {
    expect(engineOf(name)).toEqual({ family, custom: true });
  });

  it.each(['docdb', 'neptune', 'aurora-something', 'mysql2', '', undefined])(
    '%s is none of RDS',
    (name) => {
      expect(engineOf(name)).toBeUndefined();
    },
  );
});

describe('a version', () => {
  it.each<[string | undefined, number, number, boolean]>([
    ['15.0', 15, 0, true],
    ['14.12', 15, 0, false],
    ['10.11.6', 10, 5, true],
    ['10.4.34', 10, 5, false],
    ['11.4.4', 11, 8, false],
    ['12.0', 11, 8, true],
    ['8.0.mysql_aurora.3.05.2', 5, 7, true],
    ['5.7.mysql_aurora.2.11.5', 5, 7, true],
    ['10.serverless_7', 10, 0, true],
    ['10.serverless_7', 10, 1, false],
    ['17', 17, 0, true],
    ['', 1, 0, false],
    [undefined, 1, 0, false],
  ])('%s against %d.%d: %s', (version, major, minor, expected) => {
    expect(isAtLeast(version, major, minor)).toBe(expected);
  });
});
