import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import { assumed, type Credentials, person } from './assume.ts';
import { account as hub, pathMillis, region, told, worldAt } from './path/world.ts';
import { serve } from './served.ts';

const member = '444455556666';
const spots = [
  { account: hub, region: 'eu-west-1' },
  { account: member, region },
  { account: member, region: 'eu-west-1' },
] as const;
const folder = mkdtempSync(join(tmpdir(), 'plumbline-hosts-elsewhere-'));
const baseline = join(folder, 'plumbline.yaml');
writeFileSync(
  baseline,
  `regions: [eu-west-1]
accounts: ['${member}']
presets: []
hosts: { areas: [ssh] }
`,
);
let served: Awaited<ReturnType<typeof serve>> | undefined;
beforeAll(async () => {
  served = await serve({
    baseline,
    scheduleSpeed: 0,
    settlesAfterSeconds: 0,
    hasHost: true,
    hostsAt: spots,
  });
}, 180_000);
afterAll(async () => {
  await served?.end();
  rmSync(folder, { recursive: true });
});

const url = () => served?.url ?? '';
const own = (name: string): Credentials => {
  const found = served?.own[name];
  if (!found) throw new Error(`there is no function ${name}`);
  return found;
};
const settings = (credentials: Credentials, at: string = region) => ({
  region: at,
  endpoint: url(),
  credentials,
});
/** Has all hosts audited, as the clock does. */
const auditAll = async () => {
  const sqs = new SQS(settings(own('audit-hosts')));
  const { QueueUrls: [QueueUrl] = [] } = await new SQS(settings(person('admin'))).listQueues({
    QueueNamePrefix: 'Plumbline-AuditsQueue',
  });
  await sqs.sendMessage({ QueueUrl, MessageBody: '{"version":1,"audit":"due"}' });
};
const administrator = `arn:aws:iam::${member}:role/OrganizationAccountAccessRole`;

describe('hosts of every region and account', () => {
  it(
    'are audited where they are, and each is a finding of its own account and region',
    async () => {
      await auditAll();
      const { finding } = worldAt(url(), 45_000);
      const places = [{ account: hub, region }, ...spots];
      for (const [index, at] of places.entries()) {
        const id = served?.instanceIds?.[index] ?? '';
        const resource = `arn:aws:ec2:${at.region}:${at.account}:instance/${id}`;
        const failed = await finding({ control: 'PL.SSH.4', resource, status: 'FAILED' });
        expect(failed).toMatchObject({
          AwsAccountId: at.account,
          ProductArn: `arn:aws:securityhub:${at.region}:${at.account}:product/${at.account}/default`,
          Resources: [{ Type: 'AwsEc2Instance', Region: at.region }],
        });
        expect(told(failed, 'reason')).toBe('somebody changed it');
        const answers = await finding({ control: 'PL.HOST.1', resource, status: 'PASSED' });
        expect(answers.AwsAccountId).toBe(at.account);
      }
    },
    2 * pathMillis,
  );

  it('keep what was found in the compliance of their own account', async () => {
    const as = await assumed(settings(person('admin')), administrator);
    const ssm = new SSM(settings(as, 'eu-west-1'));
    const ids = [served?.instanceIds?.[3] ?? ''];
    const found = async () =>
      (await ssm.listComplianceItems({ ResourceIds: ids })).ComplianceItems ?? [];
    const end = Date.now() + 20_000;
    let items = await found();
    while (items.length === 0 && Date.now() < end) items = await found();
    expect(items.map(({ Id, Status }) => `${Id} ${Status}`)).toContain('PL.SSH.4 NON_COMPLIANT');
  }, 30_000);
});

describe('the role by which hosts of a member are asked', () => {
  const role = `arn:aws:iam::${member}:role/Plumbline-Hosts`;
  const externalId = async (): Promise<string> => {
    const { CloudFormation } = await import('@aws-sdk/client-cloudformation');
    const { Stacks: [stack] = [] } = await new CloudFormation(
      settings(person('admin')),
    ).describeStacks({ StackName: 'Plumbline' });
    return stack?.StackId ?? '';
  };

  it('lets in nobody but the functions that deal with hosts', async () => {
    const refused = { name: 'AccessDenied' };
    const ExternalId = await externalId();
    const asking = (as: Credentials) => assumed(settings(as), role, { ExternalId });
    await expect(asking(person('root-admin'))).rejects.toMatchObject(refused);
    await expect(asking(own('evaluate'))).rejects.toMatchObject(refused);
    await expect(asking(own('sweep'))).rejects.toMatchObject(refused);
    await expect(assumed(settings(own('audit-hosts')), role)).rejects.toMatchObject(refused);
    expect((await asking(own('audit-hosts'))).sessionToken).not.toBe('');
  });

  it('sends nothing but the documents that look, in governed regions', async () => {
    const as = await assumed(settings(own('audit-hosts')), role, {
      ExternalId: await externalId(),
    });
    const InstanceIds = [served?.instanceIds?.[2] ?? ''];
    const send = (DocumentName: string, at: string = region) =>
      new SSM(settings(as, at)).sendCommand({ DocumentName, InstanceIds });
    for (const name of ['AWS-RunShellScript', 'Plumbline-HardenHost-ssh', 'Plumbline-AuditHost'])
      await expect(send(name)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(send('Plumbline-AuditHost-ssh', 'sa-east-1')).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });
});
