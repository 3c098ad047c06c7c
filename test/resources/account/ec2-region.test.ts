import { sdkClients } from '../../../lib/aws/clients.ts';
import { createReader } from '../../../lib/aws/reader.ts';
import { ec2ImageRegion } from '../../../lib/resources/account/ec2-image-region.ts';
import { ec2Region } from '../../../lib/resources/account/ec2-region.ts';
import { accountId as account } from '../aws.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(ec2Region);
seesEveryFacet(ec2ImageRegion);

// A region of its own: what is set here would be set for the tests of others.
const region = 'eu-central-1';
const endpoint = process.env['PLUMBLINE_TEST_ENDPOINT'] ?? '';
const evaluator = JSON.parse(process.env['PLUMBLINE_TEST_READER'] ?? '{}');
const anybody = { accessKeyId: 'test', secretAccessKey: 'test' };
const ec2 = () => sdkClients({ region, endpoint, credentials: anybody })('ec2');

const read = async (name: string, credentials = evaluator) => {
  const clients = sdkClients({ region, endpoint, credentials });
  const type = name in ec2ImageRegion.facets ? ec2ImageRegion : ec2Region;
  const place = { account, region };
  const reading = await createReader({ ...place, clients }).read(type, { ...place, id: region }, [
    name,
  ]);
  return reading.gone ? 'gone' : Object(reading.facets[name]).value;
};

const managedBy = 'account';
const begins: Readonly<Record<string, object>> = {
  ebsEncryption: { byDefault: false },
  snapshotBlock: { state: 'unblocked', managedBy },
  imageBlock: { state: 'block-new-sharing', managedBy },
  metadataDefaults: { managedBy },
  serialConsole: { isEnabled: false, managedBy },
  vpcBlock: { mode: 'off', state: 'default-state', managedBy },
};

it.each(Object.entries(begins))('a region begins with its %s', async (name, value) => {
  expect(await read(name)).toEqual(value);
});

it('shows what is changed', async () => {
  const made = await ec2();
  await made.enableEbsEncryptionByDefault();
  await made.enableSnapshotBlockPublicAccess({ State: 'block-all-sharing' });
  await made.disableImageBlockPublicAccess();
  await made.modifyInstanceMetadataDefaults({ HttpTokens: 'required' });
  await made.enableSerialConsoleAccess();
  await made.modifyVpcBlockPublicAccessOptions({ InternetGatewayBlockMode: 'block-ingress' });
  expect(await read('ebsEncryption')).toEqual({ byDefault: true });
  expect(await read('snapshotBlock')).toEqual({ state: 'block-all-sharing', managedBy });
  expect(await read('imageBlock')).toEqual({ state: 'unblocked', managedBy });
  expect(await read('metadataDefaults')).toEqual({ httpTokens: 'required', managedBy });
  expect(await read('serialConsole')).toEqual({ isEnabled: true, managedBy });
  expect(await read('vpcBlock')).toMatchObject({ mode: 'block-ingress' });
  await made.disableSnapshotBlockPublicAccess();
  await made.enableImageBlockPublicAccess({ ImageBlockPublicAccessState: 'block-new-sharing' });
  await made.modifyInstanceMetadataDefaults({ HttpTokens: 'no-preference' });
  await made.disableSerialConsoleAccess();
  expect(await read('snapshotBlock')).toEqual(begins['snapshotBlock']);
  expect(await read('imageBlock')).toEqual(begins['imageBlock']);
  expect(await read('metadataDefaults')).toEqual(begins['metadataDefaults']);
  expect(await read('serialConsole')).toEqual(begins['serialConsole']);
});

it('the state of the block of VPCs is waited for', () => {
  const { unsettled } = ec2Region.live;
  expect(unsettled?.while({ state: 'update-in-progress' })).toBe(true);
  expect(unsettled?.while({ state: 'update-complete' })).toBe(false);
});
