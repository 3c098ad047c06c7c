import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { SQS } from '@aws-sdk/client-sqs';
import { STS } from '@aws-sdk/client-sts';
import { keepWhatTsxMade } from './kept-by-tsx.ts';

const baseline = `
controls: { S3.8: { mode: remediate } }
operators: [arn:aws:iam::123456789012:role/ops]
`;
const credentials = { accessKeyId: 'somebody', secretAccessKey: 'any' };

describe('npm start, when parts of the stack go away', () => {
  const troubles: string[] = [];
  let [folder, url] = ['', ''];
  let child: ChildProcess;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-gone-'));
    const [file, own] = [join(folder, 'plumbline.yaml'), join(folder, 'tmp')];
    await Promise.all([writeFile(file, baseline), mkdir(own)]);
    await keepWhatTsxMade(own);
    const args = ['local', '--no-tour', '--json', '--port', '0', '--baseline', file];
    child = spawn(process.execPath, ['--import', 'tsx', 'bin/plumbline.ts', ...args], {
      env: { ...process.env, TMPDIR: own },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (!child.stdout) throw new Error('it has no output');
    const ready = new Promise<string>((resolve) => {
      createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
        const told: Record<string, string> = JSON.parse(line);
        if (told['event'] === 'trouble') troubles.push(told['sentence'] ?? '');
        if (told['event'] === 'ready') resolve(told['url'] ?? '');
      });
    });
    url = await ready;
  }, 180_000);
  afterAll(() => rm(folder, { recursive: true, force: true }), 60_000);

  const settings = () => ({ region: 'us-east-1', endpoint: url, credentials, maxAttempts: 1 });
  const answers = async () => {
    const { Account } = await new STS(settings()).getCallerIdentity({});
    return Account;
  };
  const drift = async (Bucket: string) => {
    const s3 = new S3({ ...settings(), forcePathStyle: true });
    await s3.createBucket({ Bucket });
    await s3.deletePublicAccessBlock({ Bucket });
  };
  const told = async (pattern: RegExp) => {
    for (const end = Date.now() + 20_000; Date.now() < end; await sleep(50))
      if (troubles.some((line) => pattern.test(line))) return;
    throw new Error(`nothing told ${pattern}; it told ${troubles.join('\n')}`);
  };

  it('stays up when a queue is deleted, and says so', async () => {
    const sqs = new SQS(settings());
    const { QueueUrls = [] } = await sqs.listQueues({});
    const inbox = QueueUrls.find((url) => /-Changes(?!DeadLetters)/.test(url));
    await sqs.deleteQueue({ QueueUrl: inbox });
    await told(/its queue \S+ is gone, nothing comes from it any more/);
    expect(await answers()).toBe('123456789012');
  });

  it('stays up when a role and the table are deleted', async () => {
    const iam = new IAM(settings());
    const { Roles = [] } = await iam.listRoles({});
    const [role] = Roles.filter(({ RoleName }) => /Evaluate/.test(RoleName ?? ''));
    const RoleName = role?.RoleName ?? '';
    const { AttachedPolicies = [] } = await iam.listAttachedRolePolicies({ RoleName });
    for (const { PolicyArn } of AttachedPolicies)
      await iam.detachRolePolicy({ RoleName, PolicyArn });
    const { PolicyNames = [] } = await iam.listRolePolicies({ RoleName });
    for (const PolicyName of PolicyNames) await iam.deleteRolePolicy({ RoleName, PolicyName });
    await iam.deleteRole({ RoleName });
    const dynamodb = new DynamoDB(settings());
    const { TableNames = [] } = await dynamodb.listTables({});
    for (const TableName of TableNames) {
      await dynamodb.updateTable({ TableName, DeletionProtectionEnabled: false });
      await dynamodb.deleteTable({ TableName });
    }
    await drift('after-the-table');
    await sleep(3_000);
    expect(await answers()).toBe('123456789012');
  });

  it('stays up when the stack is deleted, as by cdk destroy', async () => {
    await new CloudFormation(settings()).deleteStack({ StackName: 'Plumbline' });
    await drift('after-the-stack');
    await sleep(5_000);
    expect(await answers()).toBe('123456789012');
    await drift('and-one-more');
  });

  it('ends as it should, and leaves no files', async () => {
    expect(child.exitCode).toBeNull();
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect((await readdir(join(folder, 'tmp'))).filter((name) => /plumbline/.test(name))).toEqual(
      [],
    );
  }, 60_000);
});
