import { identityPool } from '../../../lib/resources/cognito/identity-pool.ts';
import { redshiftServerlessWorkgroup } from '../../../lib/resources/redshiftserverless/workgroup.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(redshiftServerlessWorkgroup);
seesEveryFacet(identityPool);

const aws = awsForTests();
const read = async (
  type: typeof redshiftServerlessWorkgroup | typeof identityPool,
  id: string,
  name: string,
) => {
  const reading = await aws.reader().read(type, refOf(id), [name]);
  return reading.gone ? 'gone' : Object(reading.facets[name]).value;
};

describe('a workgroup of Redshift Serverless', () => {
  it('shows how it begins, and what somebody changed', async () => {
    const redshift = await aws.clients()('redshiftserverless');
    const workgroupName = 'read-orders';
    const made = { workgroupName, namespaceName: 'orders' };
    const tags = [{ key: 'data', value: 'secret' }];
    const { workgroup } = await redshift.createWorkgroup({ ...made, tags });
    const begins = {
      ...{ status: 'AVAILABLE', isPublic: false, routesInVpc: false, requiresTls: 'true' },
    };
    const seen = () => read(redshiftServerlessWorkgroup, workgroupName, 'workgroup');
    expect(await seen()).toEqual(begins);
    await redshift.updateWorkgroup({ workgroupName, publiclyAccessible: true });
    const configParameters = [{ parameterKey: 'require_ssl', parameterValue: 'false' }];
    await redshift.updateWorkgroup({ workgroupName, configParameters });
    expect(await seen()).toEqual({ ...begins, isPublic: true, requiresTls: 'false' });
    expect(await read(redshiftServerlessWorkgroup, workgroupName, 'about')).toEqual({
      arn: workgroup?.workgroupArn,
      tags: { data: 'secret' },
    });
    const { resources } = await redshiftServerlessWorkgroup.live.list.page(aws.reader(), undefined);
    expect(resources.find(({ id }) => id === workgroupName)).toMatchObject({
      facets: { workgroup: { isPublic: true } },
    });
  });

  it('settles', () => {
    const { unsettled } = redshiftServerlessWorkgroup.live;
    expect(unsettled?.while({ status: 'MODIFYING' })).toBe(true);
    expect(unsettled?.while({ status: 'AVAILABLE' })).toBe(false);
  });
});

describe('an identity pool of Cognito', () => {
  it('shows whether it admits guests', async () => {
    const cognito = await aws.clients()('cognitoidentity');
    const { IdentityPoolId: id = '' } = await cognito.createIdentityPool({
      ...{ IdentityPoolName: 'read-orders', AllowUnauthenticatedIdentities: true },
      IdentityPoolTags: { data: 'secret' },
    });
    expect(await read(identityPool, id, 'pool')).toEqual({ admitsGuests: true });
    expect(await read(identityPool, id, 'about')).toEqual({
      arn: `arn:aws:cognito-identity:${region}:${accountId}:identitypool/${id}`,
      tags: { data: 'secret' },
    });
    const { resources } = await identityPool.live.list.page(aws.reader(), undefined);
    expect(resources).toEqual(expect.arrayContaining([{ id }]));
    await cognito.updateIdentityPool({
      ...{ IdentityPoolId: id, IdentityPoolName: 'read-orders' },
      AllowUnauthenticatedIdentities: false,
    });
    expect(await read(identityPool, id, 'pool')).toEqual({ admitsGuests: false });
  });
});

const missingPool = 'us-east-1:0a1b2c3d-0000-4000-8000-000000000000';

it('what is not there is gone', async () => {
  expect(await read(redshiftServerlessWorkgroup, 'never-made', 'workgroup')).toBe('gone');
  expect(await read(identityPool, missingPool, 'pool')).toBe('gone');
});

// Of Redshift Serverless moto answers nothing at all, also to whoever may read nothing.
it('a pool is denied to whoever may read nothing', async () => {
  const denied = { denied: expect.any(String) };
  expect(await deniedReading(identityPool, missingPool)).toEqual({ pool: denied, about: denied });
}, 60_000);
