import { type Clients, sdkClients } from '../../lib/aws/clients.ts';
import { createReader } from '../../lib/aws/reader.ts';
import { type Moto, startMoto } from '../../lib/local/moto/moto.ts';
import { memberAccount } from '../../lib/resources/account/member.ts';
import { accountId, answerSeconds, refOf, region } from './aws.ts';
import { seesEveryFacet } from './every-facet.ts';

seesEveryFacet(memberAccount);

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
