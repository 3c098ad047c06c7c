import { IAM } from '@aws-sdk/client-iam';
import { createOperators } from '../../lib/aws/operators.ts';
import { type Moto, startMoto } from '../../lib/local/moto/moto.ts';

const account = '123456789012';
const role = `arn:aws:iam::${account}:role/people/ops`;
const user = `arn:aws:iam::${account}:user/alice`;
const AssumeRolePolicyDocument = '{"Version":"2012-10-17","Statement":[]}';
const minute = 60_000;

let moto: Moto;
let iam: IAM;
let now = Date.parse('2026-06-15T12:00:00Z');
beforeAll(async () => {
  moto = await startMoto();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'any' };
  iam = new IAM({ region: 'us-east-1', endpoint: moto.url, credentials });
}, 60_000);
afterAll(() => moto.stop());

const known = (arns: readonly string[] = [role, user], client = async () => iam) =>
  createOperators({ arns, account, iam: client, clock: () => new Date(now) });
const newRole = async (Path = '/people/') => {
  const { Role } = await iam.createRole({ RoleName: 'ops', Path, AssumeRolePolicyDocument });
  return Role?.RoleId ?? '';
};

it('knows roles and users by their ids, and nobody else', async () => {
  const roleId = await newRole();
  const { User } = await iam.createUser({ UserName: 'alice' });
  const operators = known();
  expect(await operators.named(roleId)).toBe(role);
  expect(await operators.named(User?.UserId ?? '')).toBe(user);
  for (const id of ['alice', 'ops', role, '', `${roleId}:bob`, 'AIDAIENQZJOLO23YVJ4VO'])
    expect(await operators.named(id)).toBeUndefined();
});

it('refuses a role that was deleted and made anew, until it is looked up again', async () => {
  const operators = known();
  await iam.deleteRole({ RoleName: 'ops' });
  const first = await newRole();
  expect(await operators.named(first)).toBe(role);
  await iam.deleteRole({ RoleName: 'ops' });
  const second = await newRole();
  expect(second).not.toBe(first);
  expect(await operators.named(second)).toBeUndefined();
  now += minute + 1;
  expect(await operators.named(second)).toBe(role);
  expect(await operators.named(first)).toBeUndefined();
});

it('takes a role of the same name and another path for somebody else', async () => {
  await iam.deleteRole({ RoleName: 'ops' });
  expect(await known().named(await newRole('/'))).toBeUndefined();
});

it('asks IAM nothing of other accounts, and seldom', async () => {
  let asked = 0;
  const counting = async () => {
    asked += 1;
    return iam;
  };
  const none = known(['arn:aws:iam::210987654321:user/alice'], counting);
  expect(await none.named('AIDAX')).toBeUndefined();
  expect(asked).toBe(0);
  const one = known([user], counting);
  for (let count = 0; count < 5; count += 1) await one.named('AIDAX');
  expect(asked).toBe(1);
});

it('throws where IAM cannot be asked, and asks again', async () => {
  let isAway = true;
  const operators = known([user], async () => {
    if (isAway) throw new Error('IAM is away');
    return iam;
  });
  await expect(operators.named('AIDAX')).rejects.toThrow('IAM is away');
  isAway = false;
  expect(await operators.named('AIDAX')).toBeUndefined();
});
