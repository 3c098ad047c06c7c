import { policyText } from '../../../lib/analysis/policies/policy-document.ts';
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
    expect(await read(identityPool, id, 'pool')).toEqual({
      ...{ admitsGuests: true, allowsClassicFlow: false },
    });
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
    expect(await read(identityPool, id, 'pool')).toEqual({
      ...{ admitsGuests: false, allowsClassicFlow: false },
    });
  });
});

describe('the role of guests', () => {
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: 'cognito-identity.amazonaws.com' },
        Action: 'sts:AssumeRoleWithWebIdentity',
      },
    ],
  });
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'rum:PutRumEvents', Resource: '*' }],
  });

  it('is shown with what it may do, and what its boundary leaves', async () => {
    const cognito = await aws.clients()('cognitoidentity');
    const iam = await aws.clients()('iam');
    const asked = { IdentityPoolName: 'read-guests', AllowUnauthenticatedIdentities: true };
    const made = await cognito.createIdentityPool({ ...asked, AllowClassicFlow: true });
    const { IdentityPoolId: id = '' } = made;
    expect(await read(identityPool, id, 'guestRole')).toBeUndefined();
    const { Policy } = await iam.createPolicy({
      ...{ PolicyName: 'read-guests', PolicyDocument: document },
    });
    const RoleName = 'read-guests';
    const { Role } = await iam.createRole({
      ...{ RoleName, AssumeRolePolicyDocument: trust, PermissionsBoundary: Policy?.Arn ?? '' },
    });
    await iam.attachRolePolicy({ RoleName, PolicyArn: Policy?.Arn });
    await iam.putRolePolicy({ RoleName, PolicyName: 'a', PolicyDocument: document });
    const roles = { unauthenticated: Role?.Arn ?? '', authenticated: Role?.Arn ?? '' };
    await cognito.setIdentityPoolRoles({ IdentityPoolId: id, Roles: roles });
    const shown = await read(identityPool, id, 'guestRole');
    expect({ ...shown, trustPolicy: policyText(shown.trustPolicy) }).toMatchObject({
      ...{ name: RoleName, trustPolicy: trust },
    });
    expect(shown.documents.map(policyText)).toEqual([document, document]);
    expect(policyText(shown.boundary)).toBe(document);
    expect(await read(identityPool, id, 'pool')).toEqual({
      ...{ admitsGuests: true, allowsClassicFlow: true },
    });
    expect(await read(identityPool, id, 'signedInRole')).toEqual(shown);
    await cognito.updateIdentityPool({ ...asked, IdentityPoolId: id, AllowClassicFlow: false });
    expect(await read(identityPool, id, 'signedInRole')).toBeUndefined();
    await iam.deleteRolePolicy({ RoleName, PolicyName: 'a' });
    await iam.detachRolePolicy({ RoleName, PolicyArn: Policy?.Arn });
    await iam.deleteRole({ RoleName });
    expect(await read(identityPool, id, 'guestRole')).toBeUndefined();
  });

  it('is borrowed of every role and policy, since neither says which pools give it to guests', () => {
    const { pool, ...borrowed } = identityPool.facets;
    for (const { borrowedFrom } of Object.values(borrowed))
      expect(borrowedFrom).toEqual([
        { type: 'AWS::IAM::Role', facet: 'trustPolicy' },
        { type: 'AWS::IAM::Role', facet: 'guestPrivileges' },
        { type: 'AWS::IAM::Policy', facet: 'defaultVersion' },
      ]);
  });
});

const missingPool = 'us-east-1:0a1b2c3d-0000-4000-8000-000000000000';

it('what is not there is gone', async () => {
  expect(await read(redshiftServerlessWorkgroup, 'never-made', 'workgroup')).toBe('gone');
  expect(await read(identityPool, missingPool, 'pool')).toBe('gone');
  expect(await read(identityPool, missingPool, 'guestRole')).toBe('gone');
});

// Of Redshift Serverless moto answers nothing at all, also to whoever may read nothing.
it('a pool is denied to whoever may read nothing', async () => {
  const denied = { denied: expect.any(String) };
  expect(await deniedReading(identityPool, missingPool)).toEqual({
    ...{ pool: denied, guestRole: denied, signedInRole: denied, about: denied },
  });
}, 60_000);
