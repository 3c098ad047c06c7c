import { type Clients, sdkClients } from '../../../lib/aws/clients.ts';
import { createReader } from '../../../lib/aws/reader.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';
import { memberAccount } from '../../../lib/resources/account/member.ts';
import { accountId, answerSeconds, refOf, region } from '../aws.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(memberAccount, {
  'ears: faults':
    'what cannot be read of one region is a fault of the account, which the value names',
});

const members = ['444455556666', '777788889999'];
const [member = ''] = members;
let moto: Moto | undefined;
const somebody = { accessKeyId: 'test', secretAccessKey: 'test' };
const clientsOf = (credentials: typeof somebody & { sessionToken?: string }): Clients =>
  sdkClients({ region, endpoint: moto?.url ?? '', credentials, answerSeconds });
beforeAll(async () => {
  moto = await startMoto();
}, 60_000);
afterAll(() => moto?.stop());

/** A stack that says which accounts it governs, of which moto makes the outputs. */
const deploy = async () =>
  (await clientsOf(somebody)('cloudformation')).createStack({
    StackName: 'Plumbline',
    TemplateBody: JSON.stringify({
      Resources: { Queue: { Type: 'AWS::SQS::Queue' } },
      Outputs: {
        Accounts: { Value: members.join(' ') },
        ExternalId: { Value: { Ref: 'AWS::StackId' } },
        GovernedRegions: { Value: 'us-east-1 eu-west-1' },
      },
    }),
  });

/** A session of the role by which Plumbline evaluates. */
const plumbline = async () => {
  const { Credentials: given } = await (await clientsOf(somebody)('sts')).assumeRole({
    RoleArn: `arn:aws:iam::${accountId}:role/Plumbline-Evaluate`,
    RoleSessionName: 'evaluate',
  });
  return clientsOf({
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken ?? '',
  });
};
const entryOf = async (id: string, clients: Clients) => {
  const reader = createReader({ account: accountId, region, clients });
  const reading = await reader.read(memberAccount, refOf(id), ['entry']);
  return reading.gone ? 'gone' : reading.facets['entry'];
};

describe('an account that is governed beside that of Plumbline', () => {
  test('is none before there is a stack', async () => {
    expect(await entryOf(member, await plumbline())).toEqual({ value: undefined });
  });

  test('is listed by the outputs of the stack', async () => {
    await deploy();
    const reader = createReader({ account: accountId, region, clients: await plumbline() });
    const { resources } = await memberAccount.live.list.page(reader, undefined);
    expect(resources.map(({ id }) => id)).toEqual(members);
  });

  test('may be entered by both roles, and nothing of a session is kept', async () => {
    expect(await entryOf(member, await plumbline())).toEqual({
      value: ['Plumbline-Read', 'Plumbline-Publish'].map((role) => ({ role, refusal: undefined })),
    });
  });

  test('is not asked for where the stack does not name it, or somebody else looks', async () => {
    expect(await entryOf('999999999999', await plumbline())).toEqual({ value: undefined });
    expect(await entryOf(member, clientsOf(somebody))).toEqual({ value: undefined });
  });

  test('says why one ended, as the listing of the organization says, and is not asked to let anybody in', async () => {
    const ended = { state: 'SUSPENDED', name: 'shop', at: '2026-11-01T10:00:00.000Z' };
    const clients = await plumbline();
    const reader = createReader({
      account: accountId,
      region,
      clients,
      members: [{ id: member, ended }, { id: members[1] ?? '' }],
    });
    expect(await reader.read(memberAccount, refOf(member), ['end', 'entry'])).toMatchObject({
      facets: { end: { value: ended }, entry: { value: [] } },
    });
    expect(await reader.read(memberAccount, refOf(members[1] ?? ''), ['end'])).toMatchObject({
      facets: { end: { value: undefined } },
    });
  });

  test('says why it does not let Plumbline in, and throws what passes', async () => {
    const refusing = async (name: string) => {
      const real = await plumbline();
      const sts = await real('sts');
      const assumeRole = async () => {
        throw Object.assign(new Error(`no: ${name}`), { name });
      };
      const asked: Clients = async (service) =>
        service === 'sts' ? Object.assign(Object.create(sts), { assumeRole }) : real(service);
      return entryOf(member, asked);
    };
    expect(await refusing('AccessDenied')).toMatchObject({
      value: [{ refusal: 'no: AccessDenied' }, { refusal: 'no: AccessDenied' }],
    });
    await expect(refusing('Throttling')).rejects.toThrow('no: Throttling');
  });

  test('has ears in each governed region, which are read there', async () => {
    const at = (credentials: typeof somebody, where: string) =>
      sdkClients({ region: where, endpoint: moto?.url ?? '', credentials, answerSeconds });
    const { Credentials: given } = await (await clientsOf(somebody)('sts')).assumeRole({
      RoleArn: `arn:aws:iam::${member}:role/Plumbline-Read`,
      RoleSessionName: 'evaluate',
    });
    const there = {
      accessKeyId: given?.AccessKeyId ?? '',
      secretAccessKey: given?.SecretAccessKey ?? '',
      sessionToken: given?.SessionToken ?? '',
    };
    const EventPattern = '{"source":["aws.ec2"]}';
    const home = await at(somebody, region)('eventbridge');
    await home.createEventBus({ Name: 'Plumbline-Ears' });
    await home.putRule({ Name: 'Plumbline-Calls', EventBusName: 'Plumbline-Ears', EventPattern });
    const elsewhere = await at(somebody, 'eu-west-1')('eventbridge');
    await elsewhere.putRule({ Name: 'PlumblineEars-eu-west-1-Calls', EventPattern });
    const queueIn = (where: string) => `arn:aws:sqs:${where}:${member}:PlumblineMember-Undelivered`;
    for (const [where, Rule] of [
      [region, 'PlumblineMember-Calls'],
      ['eu-west-1', 'StackSet-PlumblineMember-1-Calls'],
    ] as const) {
      const events = await at(there, where)('eventbridge');
      await events.putRule({ Name: Rule, EventPattern });
      const Arn = `arn:aws:events:us-east-1:${accountId}:event-bus/Plumbline-Ears`;
      const DeadLetterConfig = { Arn: queueIn(where) };
      await events.putTargets({ Rule, Targets: [{ Id: 'Target0', Arn, DeadLetterConfig }] });
    }
    // Of two that are named one is there, beside one whose name only begins so.
    await (await at(there, region)('sqs')).createQueue({
      QueueName: 'PlumblineMember-Undelivered',
    });
    await (await at(there, 'eu-west-1')('sqs')).createQueue({
      QueueName: 'PlumblineMember-Undelivered2',
    });
    const earsOf = async (
      id: string,
      clientsAt?: Parameters<typeof createReader>[0]['clientsAt'],
    ) => {
      const reader = createReader({
        account: accountId,
        region,
        clients: await plumbline(),
        clientsIn: (where) => at(somebody, where),
        ...(clientsAt ? { clientsAt } : {}),
      });
      const reading = await reader.read(memberAccount, refOf(id), ['ears']);
      return reading.gone ? 'gone' : reading.facets['ears'];
    };
    const named = (name: string) => [expect.objectContaining({ name, pattern: EventPattern })];
    expect(await earsOf(member, ({ region: where }) => at(there, where))).toEqual({
      value: [
        {
          region,
          wanted: [{ name: 'Plumbline-Calls', pattern: EventPattern }],
          rules: named('PlumblineMember-Calls'),
          queues: [queueIn(region)],
        },
        {
          region: 'eu-west-1',
          wanted: [{ name: 'PlumblineEars-eu-west-1-Calls', pattern: EventPattern }],
          rules: named('StackSet-PlumblineMember-1-Calls'),
          queues: [],
        },
      ],
    });
    expect(await earsOf(member)).toEqual({ value: undefined });
    expect(await earsOf('999999999999', () => at(there, region))).toEqual({ value: undefined });

    const refusing =
      (name: string): Clients =>
      () => {
        throw Object.assign(new Error('no'), { name });
      };
    for (const name of ['AccessDeniedException', 'NotEnteredError'])
      expect(await earsOf(member, () => refusing(name))).toEqual({
        value: [region, 'eu-west-1'].map((one) => ({ region: one, refusal: `${name}: no` })),
      });
    expect(await earsOf(member, () => refusing('UnrecognizedClientException'))).toEqual({
      value: [],
    });
    await expect(earsOf(member, () => refusing('Throttling'))).rejects.toThrow('no');
  });

  test('is itself what its finding is about', async () => {
    const ref = refOf(member);
    expect(memberAccount.arn?.(ref)).toBe(`arn:aws:iam::${member}:root`);
    const reader = createReader({ account: accountId, region, clients: clientsOf(somebody) });
    expect(await memberAccount.about.read?.(reader, ref)).toEqual({
      arn: `arn:aws:iam::${member}:root`,
      tags: {},
    });
  });
});
