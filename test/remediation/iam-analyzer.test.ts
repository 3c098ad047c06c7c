import { analyzers } from '../../lib/local/defaults-accessanalyzer.ts';
import { startEndpoint } from '../../lib/local/endpoint.ts';
import { startMoto } from '../../lib/local/moto.ts';
import { accountId } from '../resources/aws.ts';
import { analyzerDrifts } from './drifts/iam.ts';
import { testPlansOf } from './plans.ts';

const moto = await startMoto();
const endpoint = await startEndpoint({ port: 0, moto, before: [analyzers(accountId)] });
process.env['PLUMBLINE_TEST_ENDPOINT'] = endpoint.url;

afterAll(async () => {
  await endpoint.close();
  await moto.stop();
});

testPlansOf(analyzerDrifts);
