import { SSM } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BootedHost, bootHost } from '../../../lib/local/hosts/booted-host.ts';
import { debian12 } from '../../../lib/local/hosts/distributions.ts';
import { Fleet } from '../../../lib/local/hosts/fleet.ts';
import { localSsm } from '../../../lib/local/hosts/local-ssm.ts';
import { motoClients } from '../../../lib/local/local-aws-clients.ts';
import { describeOn } from '../../hosts/harness.ts';
import { endpointForTests } from '../endpoint/endpoint-for-tests.ts';

const content = (script: string, timeoutSeconds = '60') =>
  JSON.stringify({
    schemaVersion: '2.2',
    parameters: {
      Areas: {
        type: 'String',
        default: 'all',
        allowedPattern: '^([a-z,]{1,40})$',
        interpolationType: 'ENV_VAR',
      },
    },
    mainSteps: [
      {
        action: 'aws:runShellScript',
        name: 'plumbline',
        precondition: { StringEquals: ['platformType', 'Linux'] },
        inputs: { runCommand: script.split('\n'), timeoutSeconds },
      },
    ],
  });

const scripts = {
  'Plumbline-Told': content(
    '#!/bin/bash\nprintenv SSM_Areas || echo unset; [[ -n $BASH_VERSION ]]',
  ),
  'Plumbline-Failing': content('echo bad >&2; exit 3'),
  'Plumbline-Long': content('head -c 3000 /dev/zero | tr "\\0" a'),
  'Plumbline-Slow': content('sleep 30', '5'),
} as const;
type Name = keyof typeof scripts;

describeOn([debian12], 'the local Systems Manager', (base) => {
  const fleet = new Fleet();
  const aws = endpointForTests(({ bus, motoUrl }) => ({
    before: [
      localSsm({
        fleet,
        account: '123456789012',
        region: 'us-east-1',
        bus,
        ssm: motoClients(motoUrl).ssm,
        onError: console.error,
      }),
    ],
  }));
  let host: BootedHost;
  let ssm: SSM;
  const hashes = new Map<string, string>();
  beforeAll(async () => {
    ssm = new SSM({ ...aws.settings(), maxAttempts: 1 });
    host = await bootHost({ base: base(), instanceId: 'i-0aaaaaaaaaaaaaaa1' });
    fleet.register(host);
    for (const [Name, Content] of Object.entries(scripts)) {
      const made = await ssm.createDocument({ Name, Content, DocumentType: 'Command' });
      hashes.set(Name, made.DocumentDescription?.Hash ?? '');
    }
  }, 60_000);
  afterAll(() => host?.stop());

  const send = (DocumentName: Name, more: object = {}) =>
    ssm.sendCommand({
      DocumentName,
      DocumentVersion: '1',
      DocumentHash: hashes.get(DocumentName),
      DocumentHashType: 'Sha256',
      InstanceIds: [host.instanceId],
      ...more,
    });
  const ended = async (CommandId = '', InstanceId = host.instanceId) => {
    for (;;) {
      const invocation = await ssm.getCommandInvocation({ CommandId, InstanceId });
      if (!/^(Pending|InProgress)$/.test(`${invocation.Status}`)) return invocation;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const run = async (name: Name, more?: object) =>
    ended((await send(name, more)).Command?.CommandId);

  it('knows the hosts that have registered', async () => {
    const { InstanceInformationList } = await ssm.describeInstanceInformation({
      Filters: [{ Key: 'PingStatus', Values: ['Online'] }],
    });
    expect(InstanceInformationList).toMatchObject([
      {
        InstanceId: host.instanceId,
        PingStatus: 'Online',
        PlatformType: 'Linux',
        PlatformName: 'Debian GNU/Linux',
        PlatformVersion: '12',
        LastPingDateTime: expect.any(Date),
      },
    ]);
    const { InstanceInformationList: none } = await ssm.describeInstanceInformation({
      Filters: [{ Key: 'InstanceIds', Values: ['i-0bbbbbbbbbbbbbbb1'] }],
    });
    expect(none).toEqual([]);
  });

  it('runs a document with its parameters as variables, and tells the bus', async () => {
    const queue = await aws.queue();
    const sent = await send('Plumbline-Told', { Parameters: { Areas: ['ssh,kernel'] } });
    expect(sent.Command).toMatchObject({ Status: 'Pending', DocumentVersion: '1' });
    expect(await ended(sent.Command?.CommandId)).toMatchObject({
      Status: 'Success',
      StatusDetails: 'Success',
      ResponseCode: 0,
      PluginName: 'plumbline',
      StandardOutputContent: 'ssh,kernel\n',
      StandardErrorContent: '',
    });
    const events = await queue.next(2);
    expect(events.map(({ source, detail }) => [source, detail['status']])).toEqual([
      ['aws.ssm', 'InProgress'],
      ['aws.ssm', 'Success'],
    ]);
    expect(events[1]).toMatchObject({
      'detail-type': 'EC2 Command Invocation Status-change Notification',
      resources: [`arn:aws:ec2:us-east-1:123456789012:instance/${host.instanceId}`],
      detail: {
        'command-id': sent.Command?.CommandId,
        'document-name': 'Plumbline-Told',
        'instance-id': host.instanceId,
      },
    });
  });

  it('gives an agent that is too old no variables', async () => {
    fleet.register(host, '3.3.1611.0');
    expect((await run('Plumbline-Told')).StandardOutputContent).toBe('unset\n');
    fleet.register(host);
    expect((await run('Plumbline-Told')).StandardOutputContent).toBe('all\n');
  });

  it('tells how a script failed', async () => {
    expect(await run('Plumbline-Failing')).toMatchObject({
      Status: 'Failed',
      ResponseCode: 3,
      StandardErrorContent: 'bad\n',
    });
  });

  it('ends a step whose time is over', async () => {
    expect(await run('Plumbline-Slow')).toMatchObject({
      Status: 'TimedOut',
      StatusDetails: 'ExecutionTimedOut',
      ResponseCode: 137,
    });
  });

  it('lists invocations with the beginning of their output', async () => {
    const { CommandId = '' } = await run('Plumbline-Long');
    const { CommandInvocations } = await ssm.listCommandInvocations({ CommandId, Details: true });
    const output = CommandInvocations?.[0]?.CommandPlugins?.[0]?.Output ?? '';
    expect([output.length, output.endsWith('---Output truncated---')]).toEqual([2500, true]);
    const listed = await ssm.listCommandInvocations({ CommandId });
    expect(listed.CommandInvocations).toMatchObject([{ Status: 'Success', CommandPlugins: [] }]);
  });

  it('waits for a host that is not there', async () => {
    await host.kill();
    const sent = await send('Plumbline-Told');
    const invocation = { CommandId: sent.Command?.CommandId, InstanceId: host.instanceId };
    expect(await ssm.getCommandInvocation(invocation)).toMatchObject({
      Status: 'Pending',
      ResponseCode: -1,
    });
    await host.boot();
    expect((await ended(sent.Command?.CommandId)).Status).toBe('Success');
  });

  it('sends to no further host once more have failed than may', async () => {
    const ids = ['i-0cccccccccccccc01', 'i-0cccccccccccccc02', 'i-0cccccccccccccc03'];
    for (const instanceId of ids) fleet.register({ ...host, instanceId });
    const sent = await send('Plumbline-Failing', {
      InstanceIds: ids,
      MaxConcurrency: '1',
      MaxErrors: '1',
    });
    const statuses: unknown[] = [];
    for (const id of ids) statuses.push((await ended(sent.Command?.CommandId, id)).Status);
    expect(statuses).toEqual(['Failed', 'Failed', 'Terminated']);
    for (const id of ids) fleet.deregister(id);
  });

  describe('refuses a command', () => {
    const refusals: Record<string, [object, string]> = {
      'for another hash': [{ DocumentHash: 'a'.repeat(64) }, 'InvalidDocument'],
      'for a version that is not there': [{ DocumentVersion: '9' }, 'InvalidDocumentVersion'],
      'for a document that is not there': [{ DocumentName: 'Nothing' }, 'InvalidDocument'],
      'with a value that does not match': [
        { Parameters: { Areas: ['ssh;reboot'] } },
        'InvalidParameters',
      ],
      'with a newline after a value that matches': [
        { Parameters: { Areas: ['ssh\n'] } },
        'InvalidParameters',
      ],
      'with two values for one': [{ Parameters: { Areas: ['ssh', 'logs'] } }, 'InvalidParameters'],
      'with a parameter of no document': [{ Parameters: { Other: ['x'] } }, 'InvalidParameters'],
      'for a host that has not registered': [
        { InstanceIds: ['i-0dddddddddddddd01'] },
        'InvalidInstanceId',
      ],
      'for a host that is named twice': [
        { InstanceIds: ['i-0aaaaaaaaaaaaaaa1', 'i-0aaaaaaaaaaaaaaa1'] },
        'DuplicateInstanceId',
      ],
      'for more than 50 hosts': [
        { InstanceIds: Array.from({ length: 51 }, (_, at) => `i-0${at}`) },
        'ValidationException',
      ],
      'to be sent to a share that is none': [{ MaxErrors: 'some' }, 'ValidationException'],
    };
    for (const [title, [more, name]] of Object.entries(refusals))
      it(title, async () => {
        await expect(send('Plumbline-Told', more)).rejects.toMatchObject({ name });
      });
  });

  describe('compliance items', () => {
    const put = (Items: { Id: string; Status: 'COMPLIANT' | 'NON_COMPLIANT' }[], more = {}) =>
      ssm.putComplianceItems({
        ResourceId: host.instanceId,
        ResourceType: 'ManagedInstance',
        ComplianceType: 'Custom:Plumbline',
        ExecutionSummary: { ExecutionTime: new Date() },
        Items: Items.map((item) => ({ ...item, Title: item.Id, Severity: 'HIGH' })),
        ...more,
      });
    const list = async () => {
      const { ComplianceItems = [] } = await ssm.listComplianceItems({
        ResourceIds: [host.instanceId],
        Filters: [{ Key: 'ComplianceType', Values: ['Custom:Plumbline'], Type: 'EQUAL' }],
      });
      return ComplianceItems.map(({ Id, Status }) => [Id, Status]);
    };

    it('are written whole', async () => {
      await put([
        { Id: 'PL.SSH.1', Status: 'NON_COMPLIANT' },
        { Id: 'PL.SSH.2', Status: 'COMPLIANT' },
      ]);
      await put([{ Id: 'PL.SSH.1', Status: 'COMPLIANT' }]);
      expect(await list()).toEqual([['PL.SSH.1', 'COMPLIANT']]);
    });

    it.each([
      ['of a host that has not registered', { ResourceId: 'i-0e' }, 'InvalidResourceId'],
      ['of a type that is none', { ComplianceType: 'Custom: ' }, 'ValidationException'],
      [
        'of more than 10,000',
        { Items: Array.from({ length: 10_001 }, () => ({ Severity: 'LOW', Status: 'COMPLIANT' })) },
        'ValidationException',
      ],
    ])('%s are refused', async (_title, more, name) => {
      await expect(put([], more)).rejects.toMatchObject({ name });
    });
  });
});
