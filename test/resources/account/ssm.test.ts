import { sdkClients } from '../../../lib/aws/clients.ts';
import { createReader } from '../../../lib/aws/reader.ts';
import { ssmRegion } from '../../../lib/resources/account/ssm-region.ts';
import { ssmDocument } from '../../../lib/resources/ssm/ssm-document.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(ssmDocument);
seesEveryFacet(ssmRegion, {
  'publicSharing: absent': 'the local AWS has it in every region',
  'automationLog: absent': 'the local AWS has it in every region',
});

const aws = awsForTests();
const read = async (id: string, ...wanted: string[]) => {
  const reading = await aws.reader().read(ssmDocument, refOf(id), wanted);
  return reading.gone ? 'gone' : reading.facets;
};
const [open, own, shared] = ['read-open', 'read.own', 'read-shared'];
const arnOf = (name: string) => `arn:aws:ssm:${region}:${accountId}:document/${name}`;
const partner = '444455556666';

beforeAll(async () => {
  const ssm = await aws.clients()('ssm');
  const Content = JSON.stringify({
    schemaVersion: '2.2',
    description: 'a document',
    mainSteps: [{ action: 'aws:runShellScript', name: 'run', inputs: { runCommand: ['true'] } }],
  });
  const common = { Content, DocumentType: 'Command' } as const;
  await ssm.createDocument({ ...common, Name: open, Tags: [{ Key: 'data', Value: 'secret' }] });
  await ssm.createDocument({ ...common, Name: own });
  await ssm.createDocument({ ...common, Name: shared });
  await ssm.modifyDocumentPermission({
    ...{ Name: shared, PermissionType: 'Share', AccountIdsToAdd: [partner] },
  });
  await ssm.modifyDocumentPermission({
    ...{ Name: open, PermissionType: 'Share', AccountIdsToAdd: ['all'] },
    SharedDocumentVersion: '$LATEST',
  });
}, 60_000);

describe('a document', () => {
  it('shows whom it is shared with', async () => {
    expect(await read(open, 'sharing')).toEqual({
      sharing: {
        value: {
          isPublic: true,
          accounts: [],
          versions: { all: '$LATEST' },
        },
      },
    });
    expect(await read(shared, 'sharing')).toEqual({
      sharing: {
        value: { isPublic: false, accounts: [partner], versions: { [partner]: '$DEFAULT' } },
      },
    });
    expect(await read(own, 'sharing')).toEqual({
      sharing: { value: { isPublic: false, accounts: [], versions: {} } },
    });
  });

  it('is gone when it is read and is not there', async () => {
    expect(await read('never-made', 'sharing')).toBe('gone');
    expect(await read('never-made', 'about')).toBe('gone');
  });

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(ssmDocument, 'example')).toEqual({ sharing: denied, about: denied });
  }, 60_000);

  it('tells its ARN and tags, and is listed, and no other of AWS', async () => {
    expect(await read(open, 'about')).toEqual({
      about: { value: { arn: arnOf(open), tags: { data: 'secret' } } },
    });
    const { resources } = await ssmDocument.live.list.page(aws.reader(), undefined);
    expect(resources.map(({ id }) => id)).toEqual(expect.arrayContaining([open, own]));
    expect(resources.filter(({ id }) => id.startsWith('AWS-'))).toEqual([]);
  });

  it.each<[string, object, unknown]>([
    ['its name', { requestParameters: { name: 'orders' } }, ['orders']],
    ['its ARN', { requestParameters: { name: arnOf('orders') } }, ['orders']],
    ['nothing', { requestParameters: null }, 'all'],
  ])('is named by %s', (_, detail, ids) => {
    const [announcement] = ssmDocument.live.announcements;
    const eventName = 'ModifyDocumentPermission';
    expect(announcement?.idsIn({ eventName, awsRegion: region, ...detail }, accountId)).toEqual(
      ids,
    );
  });
});

describe('the settings of a region', () => {
  // The evaluator reads them where it governs; what is set here is taken back.
  const place = { account: accountId, region };
  const endpoint = process.env['PLUMBLINE_TEST_ENDPOINT'] ?? '';
  const credentials = JSON.parse(
    process.env['PLUMBLINE_TEST_READER'] ?? '{"accessKeyId":"test","secretAccessKey":"test"}',
  );
  const reads = async () => {
    const clients = sdkClients({ region: place.region, endpoint, credentials });
    const ref = { ...place, id: place.region };
    const names = Object.keys(ssmRegion.facets);
    const reading = await createReader({ ...place, clients }).read(ssmRegion, ref, names);
    return reading.gone ? 'gone' : reading.facets;
  };

  it('begin with sharing allowed and no log, and show what is set', async () => {
    const begins = {
      publicSharing: { value: { value: 'Enable', isDefault: true } },
      automationLog: { value: { value: 'None', isDefault: true } },
    };
    expect(await reads()).toEqual(begins);
    const anybody = { accessKeyId: 'test', secretAccessKey: 'test' };
    const ssm = await sdkClients({ region: place.region, endpoint, credentials: anybody })('ssm');
    const SettingId = '/ssm/documents/console/public-sharing-permission';
    await ssm.updateServiceSetting({ SettingId, SettingValue: 'Disable' });
    expect(await reads()).toMatchObject({
      publicSharing: { value: { value: 'Disable', isDefault: false } },
    });
    await ssm.resetServiceSetting({ SettingId });
    expect(await reads()).toEqual(begins);
  });
});
