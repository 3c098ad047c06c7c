import { type Clients, sdkClients } from '../../../lib/aws/clients.ts';
import { createReader } from '../../../lib/aws/reader.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';
import { governedRegion } from '../../../lib/resources/account/governed-region.ts';
import { regionsKey } from '../../../lib/resources/account/own-names.ts';
import { accountId, answerSeconds, refOf, region } from '../aws.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(governedRegion, { 'access: faults': 'how reads are refused is what it tells' });

const member = '444455556666';
const away = 'eu-west-1';
const heldAt = '2026-06-15T12:00:00.000Z';
let moto: Moto | undefined;
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const clientsIn = (where: string): Clients =>
  sdkClients({ region: where, endpoint: moto?.url ?? '', credentials, answerSeconds });
beforeAll(async () => {
  moto = await startMoto();
}, 60_000);
afterAll(() => moto?.stop());

const refusing =
  (name: string): Clients =>
  () => {
    throw Object.assign(new Error(`no: ${name}`), { name });
  };
const reader = (at: Clients, options: object = {}) =>
  createReader({
    account: accountId,
    region,
    clients: clientsIn(region),
    clientsIn: () => at,
    clientsAt: () => at,
    ...options,
  });
const accessOf = async (id: string, at: Clients, options?: object) => {
  const reading = await reader(at, options).read(governedRegion, refOf(id), ['access']);
  return reading.gone ? 'gone' : reading.facets['access'];
};
const denied = () => refusing('AccessDenied');

describe('a governed region', () => {
  test('is none before there is a stack', async () => {
    expect(await accessOf(`${accountId}/${away}`, clientsIn(away))).toEqual({ value: undefined });
  });

  test('is listed where it was noted to be closed', async () => {
    await (await clientsIn(region)('cloudformation')).createStack({
      StackName: 'Plumbline',
      TemplateBody: JSON.stringify({
        Resources: {
          Posture: {
            Type: 'AWS::DynamoDB::Table',
            Properties: {
              TableName: 'Plumbline-Posture',
              BillingMode: 'PAY_PER_REQUEST',
              AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({
                AttributeName,
                AttributeType: 'S',
              })),
              KeySchema: [
                { AttributeName: 'pk', KeyType: 'HASH' },
                { AttributeName: 'sk', KeyType: 'RANGE' },
              ],
            },
          },
        },
        Outputs: { PostureTable: { Value: { Ref: 'Posture' } }, Accounts: { Value: member } },
      }),
    });
    const dynamodb = await clientsIn(region)('dynamodb');
    for (const [id, more] of [
      [`${member}/${away}`, { heldAt: { S: heldAt }, closedSince: { S: heldAt } }],
      [`${accountId}/${away}`, {}],
    ] as const)
      await dynamodb.putItem({
        TableName: 'Plumbline-Posture',
        Item: { pk: { S: regionsKey }, sk: { S: id }, ...more },
      });
    const { resources } = await governedRegion.live.list.page(reader(denied()), undefined);
    expect(resources).toEqual([{ id: `${member}/${away}` }]);
  });

  test('answers where one service does', async () => {
    const access = { value: { refusal: undefined, heldAt } };
    expect(await accessOf(`${member}/${away}`, clientsIn(away))).toEqual(access);
    const but =
      (service: string): Clients =>
      (asked) =>
        asked === service ? clientsIn(away)(asked) : denied()(asked);
    for (const service of ['ec2', 'sqs', 'lambda'])
      expect(await accessOf(`${member}/${away}`, but(service))).toEqual(access);
  });

  test.each([
    'AccessDenied',
    'AccessDeniedException',
    'UnauthorizedOperation',
    'AuthFailure',
    'InvalidClientTokenId',
    'UnrecognizedClientException',
    'OptInRequired',
  ])('is closed where all answer %s', async (name) => {
    expect(await accessOf(`${member}/${away}`, refusing(name))).toEqual({
      value: { refusal: `no: ${name}`, heldAt },
    });
    expect(await accessOf(`${accountId}/${away}`, refusing(name))).toEqual({
      value: { refusal: `no: ${name}`, heldAt: undefined },
    });
  });

  test.each(['Throttling', 'ExpiredToken', 'NotEnteredError', 'TimeoutError'])(
    'is not closed by what says nothing of it: %s',
    async (name) => {
      await expect(accessOf(`${member}/${away}`, refusing(name))).rejects.toThrow(name);
    },
  );

  test('is not asked in an account that the stack does not name, nor by whoever enters none', async () => {
    expect(await accessOf(`999999999999/${away}`, denied())).toEqual({ value: undefined });
    const alone = { clientsAt: undefined };
    expect(await accessOf(`${member}/${away}`, denied(), alone)).toEqual({ value: undefined });
  });
});
