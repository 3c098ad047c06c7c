import { dbClusterParameterGroup } from '../../../lib/resources/rds/db-cluster-parameter-group.ts';
import { dbParameterGroup } from '../../../lib/resources/rds/db-parameter-group.ts';
import { evaluatedParameters } from '../../../lib/resources/rds/db-parameters.ts';
import { refOf } from '../aws.ts';
import { databasesForTests, listed, startMillis } from '../db-aws.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(dbParameterGroup);
seesEveryFacet(dbClusterParameterGroup);

const aws = databasesForTests();

describe('parameter groups lend what was set in them', () => {
  beforeAll(async () => {
    const rds = await aws.rds();
    const group = { DBParameterGroupFamily: 'postgres16', Description: 'of a test' };
    const Parameters = [
      { ParameterName: 'rds.force_ssl', ParameterValue: '0', ApplyMethod: 'immediate' as const },
    ];
    await rds.createDBParameterGroup({ ...group, DBParameterGroupName: 'own' });
    await rds.modifyDBParameterGroup({ DBParameterGroupName: 'own', Parameters });
    await rds.createDBClusterParameterGroup({
      ...group,
      DBClusterParameterGroupName: 'own-cluster',
    });
    await rds.modifyDBClusterParameterGroup({
      DBClusterParameterGroupName: 'own-cluster',
      Parameters,
    });
  }, startMillis);

  it(
    'are listed over several pages',
    async () => {
      const rds = await aws.rds();
      const names = Array.from({ length: 101 }, (_, index) => `one-of-many-${index}`);
      const group = { DBParameterGroupFamily: 'postgres16', Description: 'of a test' };
      await Promise.all(
        names.map((name) => rds.createDBParameterGroup({ ...group, DBParameterGroupName: name })),
      );
      const everybody = aws.unrestricted();
      const found = await listed((token) => dbParameterGroup.live.list.page(everybody, token));
      expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining(names));
      const { next } = await dbParameterGroup.live.list.page(everybody, undefined);
      expect(next).toBeDefined();
    },
    startMillis,
  );

  it.each([
    ['pg', 'own', dbParameterGroup],
    ['cluster-pg', 'own-cluster', dbClusterParameterGroup],
  ])('%s:%s', async (kind, id, type) => {
    const { reader } = aws.read();
    // No control evaluates it, so the evaluator's role does not list it.
    const everybody = aws.unrestricted();
    expect(await listed((token) => type.live.list.page(everybody, token))).toContainEqual({ id });
    expect(await reader.read(type, refOf(id), ['parameters', 'about'])).toMatchObject({
      facets: {
        parameters: { value: { 'rds.force_ssl': '0' } },
        about: { value: { arn: `arn:aws:rds:us-east-1:123456789012:${kind}:${id}` } },
      },
    });
    expect(await reader.read(type, refOf('nowhere'), ['parameters'])).toMatchObject({ gone: true });
  });
});

describe('an event of a parameter group', () => {
  it('names it', () => {
    const ids = [dbParameterGroup, dbClusterParameterGroup].map(
      ({
        live: {
          announcements: [calls],
        },
      }) =>
        calls?.idsIn(
          {
            requestParameters: {
              dBParameterGroupName: 'Own',
              dBClusterParameterGroupName: 'Own-2',
            },
          },
          '',
        ),
    );
    expect(ids).toEqual([['own'], ['own-2']]);
  });
});

describe('the evaluated parameters', () => {
  it.each([
    [
      'postgres',
      '16.4',
      ['rds.force_ssl', 'password_encryption', 'rds.accepted_password_auth_method'],
    ],
    ['postgres', '12.20', ['rds.force_ssl', 'password_encryption']],
    ['aurora-postgresql', '13.12', ['rds.force_ssl', 'password_encryption']],
    [
      'aurora-postgresql',
      '14.3',
      ['rds.force_ssl', 'password_encryption', 'rds.accepted_password_auth_method'],
    ],
    ['mysql', '8.4.3', ['require_secure_transport']],
    ['mysql', '5.6.51', []],
    ['aurora-mysql', '5.7.mysql_aurora.2.11.5', ['require_secure_transport']],
    ['mariadb', '10.4.34', []],
    ['mariadb', '10.11.9', ['require_secure_transport']],
    ['sqlserver-ex', '16.00.4131.2.v1', ['rds.force_ssl']],
    ['custom-sqlserver-ee', '15.00.4261.1.v1', []],
    ['oracle-se2', '19.0.0.0.ru-2024-07.rur-2024-07.r1', []],
    ['docdb', '5.0.0', []],
  ])('of %s %s are those that its groups know', (engine, version, names) => {
    expect(evaluatedParameters(engine, version)).toEqual(names);
  });
});
