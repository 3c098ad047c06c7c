import { IAM } from '@aws-sdk/client-iam';
import { STS } from '@aws-sdk/client-sts';
import { remediating } from './remediating.ts';

// Besides alice, who is an operator in each of these tests.
const { cli, settings, openBucket, environment } = remediating(
  'presets: []\ncontrols: { S3.8: { mode: plan } }\n',
);
const account = '123456789012';
const changing: readonly (readonly string[])[] = [
  ['fix', 'people-asked', 'S3.8', '--yes'],
  ['undo', 'pl-00000000000000000000', '--yes'],
  [
    'exemptions',
    'add',
    'people-asked',
    'S3.8',
    '--owner',
    'a',
    '--reason',
    'b',
    '--expires',
    '2999-01-31',
  ],
  ['exemptions', 'confirm', 'people-asked', 'S3.8', '--owner', 'a'],
  ['exemptions', 'end', 'people-asked', 'S3.8'],
  ['rollouts', 'start', 'PL.SSH.4'],
];

const as = async <T>(variables: Readonly<Record<string, string>>, act: () => Promise<T>) => {
  Object.assign(process.env, variables);
  try {
    return await act();
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name];
    Object.assign(process.env, environment());
  }
};
/** A session of a role that IAM knows, as a person has it who signs in by single sign-on. */
const session = async (RoleName: string, Path: string) => {
  const credentials = { accessKeyId: 'root', secretAccessKey: 'any' };
  const AssumeRolePolicyDocument = JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' }],
  });
  const iam = new IAM({ ...settings(), credentials });
  const { Role } = await iam.createRole({ RoleName, Path, AssumeRolePolicyDocument });
  const { Credentials: given } = await new STS({ ...settings(), credentials }).assumeRole({
    RoleArn: Role?.Arn,
    RoleSessionName: 'eve@example.com',
  });
  return {
    AWS_ACCESS_KEY_ID: given?.AccessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: given?.SecretAccessKey ?? '',
    AWS_SESSION_TOKEN: given?.SessionToken ?? '',
  };
};
const lines = (arn: string) => [
  `only operators change something, and ${arn} is none. Write this into the baseline, and deploy it:`,
  'operators:',
  `  - arn:aws:iam::${account}:user/alice`,
  `  - ${arn}`,
  '',
];

beforeAll(() => openBucket('people-asked'), 60_000);

describe('a person whom the baseline does not name', () => {
  it.each(changing)('is told what to write before anything else: %s %s', async (...args) => {
    const { code, stdout, stderr } = await as({ AWS_ACCESS_KEY_ID: 'eve' }, () => cli(...args));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.split('\n')).toEqual(lines(`arn:aws:iam::${account}:user/eve`));
  });

  it('in a session is told to name the role, with its path', async () => {
    const eve = await session('AWSReservedSSO_Power_1', '/aws-reserved/sso.amazonaws.com/');
    const { code, stderr } = await as(eve, () => cli('fix', 'people-asked', 'S3.8', '--yes'));
    expect(code).toBe(2);
    const path = 'aws-reserved/sso.amazonaws.com/AWSReservedSSO_Power_1';
    expect(stderr.split('\n')).toEqual(lines(`arn:aws:iam::${account}:role/${path}`));
  });

  it('looks all the same', async () => {
    const { code, stderr } = await as({ AWS_ACCESS_KEY_ID: 'eve' }, () => cli('actions'));
    expect([code, stderr]).toEqual([0, '']);
  });
});
