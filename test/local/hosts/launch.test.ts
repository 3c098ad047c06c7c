import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { EC2 } from '@aws-sdk/client-ec2';
import { SSM } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { debian12 } from '../../../lib/local/hosts/distributions.ts';
import { describeOn } from '../../hosts/harness.ts';

const program = fileURLToPath(new URL('./serve-host.ts', import.meta.url));
const loader = new URL('../../runner/register.mjs', import.meta.url).href;

const firstLine = async (input: Readable): Promise<{ url: string; instanceId: string }> => {
  for await (const line of createInterface({ input })) return JSON.parse(line);
  throw new Error('the local AWS did not start; what it said stands above');
};

describeOn([debian12], 'a host that the local AWS has launched', () => {
  let child: ChildProcess;
  let ssm: SSM;
  let ec2: EC2;
  let instanceId = '';
  beforeAll(async () => {
    const served = spawn(process.execPath, ['--import', loader, program], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    });
    child = served;
    const told = await firstLine(served.stdout);
    instanceId = told.instanceId;
    const credentials = { accessKeyId: 'admin', secretAccessKey: 'any' };
    ssm = new SSM({ endpoint: told.url, region: 'us-east-1', credentials });
    ec2 = new EC2({ endpoint: told.url, region: 'us-east-1', credentials });
  }, 180_000);
  afterAll(async () => {
    const gone = child.exitCode === null ? once(child, 'exit') : undefined;
    child.stdin?.end();
    await gone;
  }, 60_000);

  it('is an instance of EC2 and a node of Systems Manager, and runs what it is sent', async () => {
    const { Reservations = [] } = await ec2.describeInstances({ InstanceIds: [instanceId] });
    expect(Reservations[0]?.Instances?.[0]?.State?.Name).toBe('running');
    const { InstanceInformationList } = await ssm.describeInstanceInformation({});
    expect(InstanceInformationList).toMatchObject([{ InstanceId: instanceId }]);
    await ssm.createDocument({
      Name: 'Plumbline-Test',
      DocumentType: 'Command',
      Content: JSON.stringify({
        schemaVersion: '2.2',
        mainSteps: [
          {
            action: 'aws:runShellScript',
            name: 'one',
            inputs: { runCommand: ['systemctl is-active ssh'] },
          },
        ],
      }),
    });
    const { Command } = await ssm.sendCommand({
      DocumentName: 'Plumbline-Test',
      Targets: [{ Key: 'InstanceIds', Values: [instanceId] }],
    });
    const asked = { CommandId: Command?.CommandId, InstanceId: instanceId };
    let invocation = await ssm.getCommandInvocation(asked);
    while (invocation.Status === 'Pending' || invocation.Status === 'InProgress') {
      await new Promise((resolve) => setTimeout(resolve, 50));
      invocation = await ssm.getCommandInvocation(asked);
    }
    expect(invocation).toMatchObject({ Status: 'Success', StandardOutputContent: 'active\n' });
  });
});
