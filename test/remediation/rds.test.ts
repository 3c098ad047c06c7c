import { awsDefaults } from '../../lib/local/defaults.ts';
import { startEndpoint } from '../../lib/local/endpoint.ts';
import { startMoto } from '../../lib/local/moto.ts';
import { accountId } from '../resources/aws.ts';
import { rdsDrifts } from './drifts/rds.ts';
import { testPlansOf } from './plans.ts';

// Parameter groups and engine versions are the local AWS's: moto alone knows too little of them.
const given = process.env['PLUMBLINE_TEST_ENDPOINT'];
const moto = given === undefined ? await startMoto() : undefined;
const endpoint = moto && (await startEndpoint({ port: 0, moto, before: awsDefaults(accountId) }));
if (endpoint) process.env['PLUMBLINE_TEST_ENDPOINT'] = endpoint.url;

afterAll(async () => {
  await endpoint?.close();
  await moto?.stop();
});

testPlansOf(rdsDrifts);
