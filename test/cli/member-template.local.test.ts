import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { type Moto, startMoto } from '../../lib/local/moto/moto.ts';
import { inProcess } from './run.ts';

const hub = '123456789012';
const lone = '999988887777';
const unit = 'ou-ab12-11111111';
const organization = 'o-abcdef1234';
const keys = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' };
const changing = `organization: { id: ${organization}, overrides: [{ organizationalUnit: ${unit}, remediate: true }] }
mode: plan
controls: { S3.8: { mode: remediate } }
`;

describe('plumbline member-template', () => {
  let moto: Moto;
  let folder = '';
  beforeAll(async () => {
    [moto, folder] = await Promise.all([startMoto(), mkdtemp(join(tmpdir(), 'plumbline-member-'))]);
  }, 60_000);
  afterAll(async () => {
    await moto.stop();
    await rm(folder, { recursive: true });
  });

  /** A stack of a name that has the outputs of a hub, and nothing else of it. */
  const hubWith = async (name: string, outputs: Readonly<Record<string, string>>) => {
    const cloudFormation = new CloudFormation({
      endpoint: moto.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
    });
    const values = { ...outputs, ExternalId: { Ref: 'AWS::StackId' } };
    await cloudFormation.createStack({
      StackName: name,
      TemplateBody: JSON.stringify({
        Resources: { Queue: { Type: 'AWS::SQS::Queue' } },
        Outputs: Object.fromEntries(Object.entries(values).map(([id, Value]) => [id, { Value }])),
      }),
    });
  };
  const printed = async (stack: string, yaml: string, ...args: readonly string[]) => {
    const file = join(folder, `${stack}.yaml`);
    await writeFile(file, yaml);
    return inProcess(['member-template', '--stack', stack, '--baseline', file, ...args], {
      ...keys,
      AWS_ENDPOINT_URL: moto.url,
    });
  };
  const rolesIn = (template: string) => {
    const resources = Object.values<{ Type: string; Properties: Record<string, unknown> }>(
      JSON.parse(template).Resources,
    );
    return resources.flatMap(({ Type, Properties }) =>
      Type === 'AWS::IAM::Role' ? [Properties] : [],
    );
  };

  it('prints what the management account of an organization deploys by hand', async () => {
    await hubWith('Org', { GovernedOrganization: organization });
    const { code, stdout, stderr } = await printed('Org', changing);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const roles = rolesIn(stdout);
    expect(roles.map(({ RoleName }) => RoleName)).toEqual([
      'Plumbline-Read',
      'Plumbline-Publish',
      'Plumbline-Forward',
    ]);
    for (const { AssumeRolePolicyDocument } of roles.slice(0, 2))
      expect(AssumeRolePolicyDocument).toMatchObject({
        Statement: [
          {
            Condition: {
              StringEquals: {
                'aws:PrincipalOrgID': organization,
                'sts:ExternalId': expect.stringMatching(`:${hub}:stack/Org/`),
              },
            },
          },
        ],
      });
  }, 60_000);

  it('prints the role that may change something, where that is said of a unit', async () => {
    const { code, stdout } = await printed('Org', changing, '--changes');
    expect(code).toBe(0);
    expect(rolesIn(stdout).map(({ RoleName }) => RoleName)).toEqual(['Plumbline-Remediator']);
  }, 60_000);

  it('prints the documents for hosts, and the role by which they are asked', async () => {
    const { code, stdout } = await printed(
      'Org',
      `${changing}hosts: { areas: [ssh] }\n`,
      '--hosts',
    );
    expect(code).toBe(0);
    expect(rolesIn(stdout).map(({ RoleName }) => RoleName)).toEqual(['Plumbline-Hosts']);
    expect(stdout).toContain('"Plumbline-AuditHost-ssh"');
  }, 60_000);

  it('prints what lone accounts deploy beside an organization', async () => {
    await hubWith('Both', { GovernedOrganization: organization, Accounts: lone });
    const { code } = await printed('Both', `accounts: ['${lone}']\n${changing}`);
    expect(code).toBe(0);
  }, 60_000);

  it.each([
    [
      'another organization',
      'organization: { id: o-another1234 }\n',
      [],
      'the stack Org was deployed with another organization than the baseline names: deploy it again first',
    ],
    [
      'accounts that the stack does not know',
      `accounts: ['${lone}']\n${changing}`,
      [],
      'the stack Org was deployed with other accounts than the baseline names: deploy it again first',
    ],
    [
      'nothing to change in the organization',
      `organization: { id: ${organization} }\n`,
      ['--changes'],
      `the baseline lets nothing be changed in another account: say it of a unit or an account, such as overrides: [{ organizationalUnit: ${unit}, remediate: true }], and deploy first`,
    ],
    [
      'documents for hosts where none is audited',
      changing,
      ['--hosts'],
      'the baseline has no hosts audited: say hosts: true, and deploy first',
    ],
    [
      'two templates at once',
      changing,
      ['--hosts', '--changes'],
      '--changes and --hosts are two templates: ask for one after the other',
    ],
  ])(
    'refuses %s',
    async (_, yaml, args, sentence) => {
      expect(await printed('Org', yaml, ...args)).toEqual({
        code: 2,
        stdout: '',
        stderr: `${sentence}\n`,
      });
    },
    60_000,
  );
});
