import { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { sdkClients } from '../../../lib/aws/clients.ts';
import { outputsOf } from '../../../lib/aws/stack-outputs.ts';
import { successorsOf } from '../../../lib/engine/posture/former-types.ts';
import { packed, unpacked } from '../../../lib/engine/posture/packed-row.ts';
import type { ResourceRow } from '../../../lib/engine/posture/row.ts';
import { admitUsers } from '../admit.ts';
import { account, pathMillis, region, worldAt } from '../path/world.ts';
import { serve } from '../served.ts';

// A table as the release before the split left it: one row for all of an account's settings in a region.

const formerType = 'Plumbline::AccountRegion';
const resource = `arn:aws:iam::${account}:root`;
const keyOf = (type: string) => `${account}#${region}#${type}#${region}`;
const parts = successorsOf(formerType).map(keyOf);

let served: Awaited<ReturnType<typeof serve>>;
let world: ReturnType<typeof worldAt>;
let table = '';
let dynamoDb: DynamoDBDocument;
beforeAll(async () => {
  served = await serve({ scheduleSpeed: 0, settlesAfterSeconds: 0 });
  await admitUsers(served.url);
  world = worldAt(served.url);
  const credentials = { accessKeyId: 'root', secretAccessKey: 'any' };
  const settings = { region, endpoint: served.url, credentials };
  const stack = { name: 'Plumbline', account, region };
  const outputs = await outputsOf(stack, await sdkClients(settings)('cloudformation'));
  table = outputs['PostureTable'] ?? '';
  dynamoDb = DynamoDBDocument.from(new DynamoDB(settings));
}, 180_000);
afterAll(() => served?.end(), 60_000);

const clientsOf = (accessKeyId: string) =>
  sdkClients({
    region,
    endpoint: served.url,
    credentials: { accessKeyId, secretAccessKey: 'any' },
  });
const itemOf = async (pk: string) =>
  (await dynamoDb.get({ TableName: table, Key: { pk, sk: 'resource' } })).Item;
const rowOf = async (pk: string): Promise<ResourceRow | undefined> => {
  const item = await itemOf(pk);
  return item && { ...unpacked(JSON.parse(item['row'])), version: item['version'] };
};
const stopRecording = async () => {
  const config = await clientsOf('mallory')('config');
  const ConfigurationRecorderName = 'default';
  await config.stopConfigurationRecorder({ ConfigurationRecorderName });
};
/** Puts the rows of the parts together, as they stood in one, and takes them away. */
const putTogether = async () => {
  const rows = (await Promise.all(parts.map(rowOf))).flatMap((row) => row ?? []);
  const [first] = rows;
  const item = first && (await itemOf(keyOf(first.type)));
  if (!first || !item) throw new Error('no part has a row');
  const whole: ResourceRow = {
    ...first,
    type: formerType,
    controls: Object.assign({}, ...rows.map(({ controls }) => controls)),
    version: Math.max(...rows.map(({ version }) => version)),
  };
  const { version } = whole;
  const pk = keyOf(formerType);
  const Item = { ...item, pk, version, row: JSON.stringify(packed(whole)) };
  await dynamoDb.put({ TableName: table, Item });
  for (const part of parts)
    await dynamoDb.delete({ TableName: table, Key: { pk: part, sk: 'resource' } });
  return Object.keys(whole.controls);
};
const findings = async (): Promise<readonly AwsSecurityFinding[]> => {
  const hub = await clientsOf('auditor')('securityhub');
  const { Findings = [] } = await hub.getFindings({
    Filters: { ResourceId: [{ Comparison: 'EQUALS', Value: resource }] },
    MaxResults: 100,
  });
  return Findings.toSorted((a, b) => (a.Id ?? '').localeCompare(b.Id ?? ''));
};
const failed = (control: string, call: string) =>
  world.finding({ control, resource, status: 'FAILED', call });

describe('an upgrade from one row to several', () => {
  it(
    'archives and doubles no finding, and goes on where the row was',
    async () => {
      await stopRecording();
      await failed('PL.BLIND.2', 'config:StopConfigurationRecorder');
      const events = await clientsOf('mallory')('eventbridge');
      const { Rules: [rule] = [] } = await events.listRules({ NamePrefix: 'Plumbline-EventsS3' });
      await events.disableRule({ Name: rule?.Name });
      await failed('PL.BLIND.4', 'events:DisableRule');
      const before = await findings();
      expect(await putTogether()).toEqual(
        expect.arrayContaining(['PL.BLIND.2', 'PL.BLIND.4', 'PL.BLIND.5']),
      );

      await events.enableRule({ Name: rule?.Name });
      await world.finding({ control: 'PL.BLIND.4', resource, status: 'PASSED' });

      const after = await findings();
      expect(after.map(({ Id }) => Id)).toEqual(before.map(({ Id }) => Id));
      expect(after.map(({ RecordState }) => RecordState)).not.toContain('ARCHIVED');
      const of = (all: typeof after) => all.find(({ Id }) => Id?.includes('/PL.BLIND.2/'));
      expect(of(after)).toEqual(of(before));
      expect(await itemOf(keyOf(formerType))).toMatchObject({ retired: true });
      const recorder = await rowOf(keyOf('Plumbline::Config::Region'));
      expect(recorder?.controls['PL.BLIND.2']).toMatchObject({
        lastKnown: 'FAIL',
        episodes: 1,
        causes: [{ call: 'config:StopConfigurationRecorder' }],
      });
      const deployment = await rowOf(keyOf('Plumbline::Deployment'));
      expect(deployment?.controls['PL.BLIND.4']).toMatchObject({ lastKnown: 'PASS', episodes: 1 });
    },
    2 * pathMillis,
  );
});

describe('the recorder of AWS Config, whose stop would be missed by tests that share a local AWS', () => {
  it.each(['PL.BLIND.2', 'Config.1'])(
    'records, is stopped and records again: %s',
    async (control) => {
      const config = await clientsOf('mallory')('config');
      const asked = { ConfigurationRecorderName: 'default' };
      await config.startConfigurationRecorder(asked);
      await world.finding({ control, resource, at: region, status: 'PASSED' });
      await config.stopConfigurationRecorder(asked);
      const by = `arn:aws:iam::${account}:user/mallory`;
      await world.finding({ control, resource, at: region, status: 'FAILED', by });
      await config.startConfigurationRecorder(asked);
      await world.finding({ control, resource, at: region, status: 'PASSED' });
    },
    pathMillis,
  );
});
