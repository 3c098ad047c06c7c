import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { Organizations } from '@aws-sdk/client-organizations';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { sdkClients } from '../../../lib/aws/clients.ts';
import { listOrganization } from '../../../lib/aws/organization.ts';
import { createRoster } from '../../../lib/aws/stores/roster.ts';
import { parseBaseline } from '../../../lib/engine/baseline/baseline.ts';
import { nextRoster } from '../../../lib/engine/baseline/next-roster.ts';
import { type Endpoint, startEndpoint } from '../../../lib/local/endpoint/endpoint.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';
import { createRemediation } from '../../../lib/pipeline/runtime/create-remediation.ts';
import { createGoverning } from '../../../lib/pipeline/runtime/governing.ts';
import { tableCalled } from '../../fakes/fresh-table.ts';

const hub = '123456789012';
const table = 'Posture';
const region = 'us-east-1';

describe('the function that acts, in an account of an organization', () => {
  let moto: Moto;
  let endpoint: Endpoint;
  let account = '';
  let [root, prod, dev] = ['', '', ''];
  const calls: string[] = [];
  const settings = () => ({
    endpoint: endpoint.url,
    region,
    credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
  });
  const organizations = () => new Organizations(settings());
  beforeAll(async () => {
    moto = await startMoto();
    endpoint = await startEndpoint({
      port: 0,
      moto,
      before: [
        async ({ operation }) => {
          calls.push(operation);
          return undefined;
        },
      ],
      after: [],
    });
    await organizations().createOrganization({ FeatureSet: 'ALL' });
    const { Roots } = await organizations().listRoots({});
    root = Roots?.[0]?.Id ?? '';
    const unitOf = async (Name: string) => {
      const made = await organizations().createOrganizationalUnit({ ParentId: root, Name });
      return made.OrganizationalUnit?.Id ?? '';
    };
    [prod, dev] = [await unitOf('prod'), await unitOf('dev')];
    const { CreateAccountStatus: made } = await organizations().createAccount({
      AccountName: 'shop',
      Email: 'shop@example.com',
    });
    account = made?.AccountId ?? '';
    await organizations().moveAccount({
      AccountId: account,
      SourceParentId: root,
      DestinationParentId: prod,
    });
    await new DynamoDB(settings()).createTable(tableCalled(table));
  }, 60_000);
  afterAll(async () => {
    await endpoint.close();
    await moto.stop();
  });

  /** The function as it knows the accounts that were listed now, and asks for a session in one. */
  const acting = async () => {
    const clients = sdkClients(settings());
    const dynamoDb = DynamoDBDocument.from(new DynamoDB(settings()));
    const roster = createRoster(dynamoDb, table);
    const listed = await listOrganization(() => clients('organizations'));
    await roster.write(nextRoster(undefined, listed, new Date()), await roster.read());
    const baseline = parseBaseline(
      `organization: { id: ${listed.organization}, overrides: [{ organizationalUnit: ${prod}, remediate: true }] }\n`,
      'plumbline.yaml',
      [],
    );
    const home = { account: hub, region };
    const governing = createGoverning({ baseline, home, roster, clients, clock: () => new Date() });
    let counting = (await governing.now()).baseline;
    const remediation = createRemediation({
      account: hub,
      clients,
      dynamoDb,
      table,
      ledgerTable: table,
      baseline,
      baselineNow: () => counting,
      confirm: governing.confirm,
      remediatorArn: `arn:aws:iam::${hub}:role/Remediator`,
      externalId: 'ours',
      imagesBucket: 'images',
      topicArn: `arn:aws:sns:${region}:${hub}:topic`,
      switchParameter: () => '/switch',
      breakersPath: () => '/breakers/',
    });
    const ask = async (where = account) => {
      counting = (await governing.now()).baseline;
      calls.length = 0;
      return remediation.session([], 'pl-0123456789abcdef', { account: where, region });
    };
    return { ask };
  };

  it('asks Organizations for its units before it asks for a session', async () => {
    const { ask } = await acting();
    await ask();
    expect(calls).toEqual(['ListParents', 'ListParents', 'AssumeRole']);
  }, 60_000);

  it('asks nothing of the kind in the hub', async () => {
    const { ask } = await acting();
    await ask(hub);
    expect(calls).toEqual(['AssumeRole']);
  }, 60_000);

  it('does nothing once the account was moved, and nobody has listed that yet', async () => {
    const { ask } = await acting();
    await organizations().moveAccount({
      AccountId: account,
      SourceParentId: prod,
      DestinationParentId: dev,
    });
    await expect(ask()).rejects.toThrow(
      `account ${account} is in other units of the organization than it was`,
    );
    expect(calls).not.toContain('AssumeRole');
  }, 60_000);

  it('does nothing where the unit that it is listed in lets nothing be changed', async () => {
    const { ask } = await acting();
    await expect(ask()).rejects.toThrow(
      `the baseline lets nothing be changed in account ${account}`,
    );
    expect(calls).not.toContain('AssumeRole');
  }, 60_000);

  it('does nothing once the account has left', async () => {
    await organizations().moveAccount({
      AccountId: account,
      SourceParentId: dev,
      DestinationParentId: prod,
    });
    const { ask } = await acting();
    await organizations().removeAccountFromOrganization({ AccountId: account });
    await expect(ask()).rejects.toThrow();
    expect(calls).not.toContain('AssumeRole');
  }, 60_000);
});
