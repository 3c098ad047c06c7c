import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sdkClients } from '../../lib/aws/clients.ts';
import { type Moto, startMoto } from '../../lib/local/moto/moto.ts';
import { plumbline } from './run.ts';

const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' };

const template = `Parameters:
  Name: { Type: String }   # given when it is deployed
Resources:
  # who may come in
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupName: !Ref Name
      GroupDescription: of the shop
      SecurityGroupIngress:
        - { IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0 } # customers
        - { IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0 }
`;
const plan = (name: string, more: object) =>
  JSON.stringify({
    format_version: '1.2',
    planned_values: {
      root_module: {
        resources: [
          {
            address: 'aws_sqs_queue.orders',
            mode: 'managed',
            type: 'aws_sqs_queue',
            name: 'orders',
            values: { name, arn: `arn:aws:sqs:us-east-1:123456789012:${name}`, ...more },
          },
        ],
      },
    },
    configuration: { root_module: {} },
  });

describe('plumbline patch', () => {
  let moto: Moto;
  let folder = '';
  let web = '';
  const at = (name: string) => join(folder, name);
  const run = (...args: string[]) =>
    plumbline(['patch', ...args], {
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: moto.url,
    });
  beforeAll(async () => {
    [moto, folder] = await Promise.all([startMoto(), mkdtemp(join(tmpdir(), 'plumbline-patch-'))]);
    const clients = sdkClients({ endpoint: moto.url, region: 'us-east-1', credentials });
    const [cloudformation, sqs] = [await clients('cloudformation'), await clients('sqs')];
    await cloudformation.createStack({
      StackName: 'shop',
      TemplateBody: template.replace(/#.*/g, ''),
      Parameters: [{ ParameterKey: 'Name', ParameterValue: 'web' }],
    });
    const { SecurityGroups: [group] = [] } = await (await clients('ec2')).describeSecurityGroups({
      Filters: [{ Name: 'group-name', Values: ['web'] }],
    });
    web = group?.GroupId ?? '';
    await sqs.createQueue({
      QueueName: 'by-hand',
      Attributes: { SqsManagedSseEnabled: 'false' },
    });
    await writeFile(at('shop.yaml'), template);
    await writeFile(
      at('right.yaml'),
      template.replace('FromPort: 22, ToPort: 22', 'FromPort: 80, ToPort: 80'),
    );
    await writeFile(at('other.yaml'), template.replace('  Web:', '  Others:'));
    await writeFile(at('plan.json'), plan('by-hand', { sqs_managed_sse_enabled: false }));
  }, 60_000);
  afterAll(async () => {
    await moto.stop();
    await rm(folder, { recursive: true });
  });

  it('prints the diff for the template of the stack that owns a resource', async () => {
    const { code, stdout, stderr } = await run(web, 'EC2.13', '--template', at('shop.yaml'));
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain('# EC2.13 Web: ');
    expect(stdout).toContain(
      '# customers\n-        - { IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0 }',
    );
  });
  it('takes the id of a finding, and finds the template in a folder', async () => {
    const id = `plumbline/123456789012/us-east-1/EC2.13/arn:aws:ec2:us-east-1:123456789012:security-group/${web}`;
    const { code, stdout } = await run(id, '--template', at('shop.yaml'), '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      patches: [{ file: at('shop.yaml'), fixes: [{ control: 'EC2.13', logicalId: 'Web' }] }],
      proposals: [],
      left: [],
    });
  });
  it.each<[where: string, more: readonly string[], sentence: string]>([
    [
      '210987654321/us-east-1',
      [],
      'the finding is of account 210987654321, and these credentials are of 123456789012: take credentials of 210987654321\n',
    ],
    [
      '123456789012/us-east-1',
      ['--region', 'eu-west-1'],
      'the finding is of us-east-1, and not of --region eu-west-1\n',
    ],
    [
      '123456789012/evil.example',
      [],
      'the id of this finding says the region evil.example, which is none\n',
    ],
    [
      '123456789012/eu-west-1',
      [],
      'there is no resource web that is evaluated in account 123456789012, region eu-west-1\n',
    ],
  ])('looks where the id of a finding says: %s %j', async (where, more, sentence) => {
    const id = `plumbline/${where}/EC2.13/web`;
    const { code, stderr } = await run(id, '--template', at('shop.yaml'), ...more);
    expect([code, stderr]).toEqual([2, sentence]);
  });
  it('proposes what a plan of Terraform is to set', async () => {
    const { code, stdout } = await run('by-hand', 'SQS.1', '--template', at('plan.json'));
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('aws_sqs_queue.orders: sqs_managed_sse_enabled = true'),
    ]);
  });
  it.each<[why: string, args: readonly string[], sentence: RegExp]>([
    [
      'no stack owns it',
      ['by-hand', 'SQS.1', 'shop.yaml'],
      /^no stack of CloudFormation owns by-hand, and .*shop\.yaml is no plan of Terraform that has it: /,
    ],
    [
      'the template is another one',
      ['web', 'EC2.13', 'other.yaml'],
      /^the stack shop owns sg-\w+ as Web, which .*other\.yaml does not declare: /,
    ],
    [
      'the template is right',
      ['web', 'EC2.13', 'right.yaml'],
      /^.*right\.yaml:\d+ stays as it is: it declares Web as EC2\.13 asks for/,
    ],
    [
      'it does not fail',
      ['web', 'EC2.14', 'shop.yaml'],
      /^EC2\.14 does not fail on sg-\w+: it is PASS/,
    ],
    [
      'there is no such file',
      ['web', 'EC2.13', 'nothing.yaml'],
      /^--template .*nothing\.yaml: there is no such file or folder/,
    ],
    [
      'there is no such resource',
      ['nothing', 'SQS.1', 'shop.yaml'],
      /^there is no resource nothing that is evaluated/,
    ],
  ])('says that %s', async (_, [resource = '', control = '', file = ''], sentence) => {
    const { code, stdout, stderr } = await run(
      resource === 'web' ? web : resource,
      control,
      '--template',
      at(file),
    );
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(sentence);
  });
});
