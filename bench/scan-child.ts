import { sdkClients } from '../lib/aws/clients.ts';
import { createReader } from '../lib/aws/reader.ts';
import { allControls, controlsOf } from '../lib/controls/index.ts';
import { defaultBaseline } from '../lib/engine/baseline/baseline.ts';
import { scan } from '../lib/pipeline/scan/scan.ts';
import { tuneForOneRun } from '../lib/pipeline/scan/tune-for-one-run.ts';
import { resourceTypes } from '../lib/resources/every.ts';

// The process that bench/scan.ts measures: nothing but a scan, of the controls that are named, or of all.
tuneForOneRun();
const [endpoint = '', ...named] = process.argv.slice(2);
const region = 'us-east-1';
const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
// moto takes long to list thousands of security groups.
const clients = sdkClients({ region, endpoint, credentials, answerSeconds: 60 });
const baseline = defaultBaseline(await allControls());
const subjects = await Promise.all(
  resourceTypes.map(async (type) => {
    const all = (await controlsOf[type.type]?.()) ?? [];
    return { type, controls: all.filter(({ id }) => named.length === 0 || named.includes(id)) };
  }),
);

let calls = 0;
let verdicts = 0;
let resources = 0;
const begun = performance.now();
const before = process.cpuUsage();
await scan({
  subjects: subjects.filter(({ controls }) => controls.length > 0),
  baseline,
  reader: () =>
    createReader({
      account: '123456789012',
      region,
      clients,
      onCall: () => {
        calls += 1;
      },
    }),
  onEvaluated: (evaluations) => {
    verdicts += evaluations.length;
    resources += evaluations.length > 0 ? 1 : 0;
  },
});
const { user, system } = process.cpuUsage(before);
process.send?.({
  resources,
  verdicts,
  calls,
  seconds: (performance.now() - begun) / 1000,
  cpuSeconds: (user + system) / 1_000_000,
  peakBytes: process.resourceUsage().maxRSS * 1024,
});
process.disconnect?.();
