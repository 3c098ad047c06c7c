import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { EC2 } from '@aws-sdk/client-ec2';
import { allControls } from '../../../lib/controls/index.ts';
import { resourcesOf } from '../../../lib/local/deploy/stack-values.ts';
import { baseRoot } from '../../../lib/local/hosts/base-root.ts';
import { cloudOf } from '../../../lib/local/hosts/cloud.ts';
import { debian12 } from '../../../lib/local/hosts/distributions.ts';
import { type LaunchedHost, launchHost } from '../../../lib/local/hosts/launch.ts';
import { clientOf } from '../../../lib/local/hosts/logins.ts';
import { startLocalAws } from '../../../lib/local/local-aws.ts';
import { turnOnRemediation } from '../../../lib/local/turn-on.ts';

// A local AWS that audits hosts, with an honest one and some that lie, for tests; it ends when its standard input does.
const complain = (sentence: string) => console.error(`local AWS: ${sentence}`);

/** What hosts print in place of the truth. */
const lies: Readonly<Record<string, (honest: string, of: LaunchedHost) => string>> = {
  'another instance': (honest, { instanceId }) =>
    honest.replace('"v":1,', `"v":1,"instanceId":"${instanceId}",`),
  'an unknown control': (honest) =>
    honest.replace('"results":[', '"results":[{"id":"S3.8","s":"NA"},'),
  'a control twice': (honest) =>
    honest.replace('"results":[', '"results":[{"id":"PL.SSH.1","s":"NA"},'),
  megabytes: (honest) => honest.padEnd(3_000_000, ' '),
  HTML: () => '<html><script>alert(1)</script></html>',
  'another document': (honest) =>
    honest.replace(/"document":"\w+"/, `"document":"${'0'.repeat(64)}"`),
  'other areas': (honest) => honest.replace(/"areas":\["\w+"/, '"areas":["docker"'),
};

// What of the account no instance says is deployed and evaluated by others.
const withoutHosts = (await allControls())
  .filter(({ resources }) => !JSON.stringify(resources).includes('AWS::EC2::Instance'))
  .map(({ id }) => id);
const folder = await mkdtemp(join(tmpdir(), 'plumbline-hosts-'));
const baseline = join(folder, 'plumbline.yaml');
await writeFile(
  baseline,
  `operators: [arn:aws:iam::123456789012:user/alice]
hosts: { areas: [ssh, kernel], canary: '1', canaryMinutes: 0 }
controls:
  PL.SSH.4: { mode: plan }
  PL.SSH.17: { mode: remediate }
${withoutHosts.map((id) => `  ${id}: { enabled: false }\n`).join('')}`,
);
const base = await baseRoot(debian12);
const aws = await startLocalAws({
  port: 0,
  scheduleSpeed: 0,
  settlesAfterSeconds: 4,
  // On a busy machine a boot takes longer than a read is doubted.
  hostsBootInSeconds: 10,
  baseline,
  onTrouble: complain,
});
await turnOnRemediation(aws);
const credentials = { accessKeyId: 'admin', secretAccessKey: 'any' };
const ec2 = new EC2({ endpoint: aws.url, region: aws.region, credentials });
const launchHonest = async () => {
  // A host confirms nothing where it finds no way to AWS.
  const client = await clientOf(base);
  const cloud = await cloudOf(client);
  const host = await launchHost({ ec2, fleet: aws.fleet, base, client, prepare: cloud.furnish });
  await cloud.open();
  return { ...host, stop: () => host.stop().then(() => client.dispose()) };
};
const host = await launchHonest();
const other = await launchHonest();

const { Instances = [] } = await ec2.runInstances({
  ImageId: 'ami-12c6146b',
  MinCount: Object.keys(lies).length,
  MaxCount: Object.keys(lies).length,
});
const liars = Object.fromEntries(
  Object.keys(lies).map((name, index) => [name, Instances[index]?.InstanceId ?? '']),
);
/** Has the liars register: until then no audit asks them. */
const letLie = () => {
  for (const [name, lie] of Object.entries(lies))
    aws.fleet.register({
      instanceId: liars[name] ?? '',
      path: host.path,
      isRunning: () => true,
      run: async (script, options) => {
        const result = await host.run(script, options);
        return { ...result, stdout: lie(result.stdout, host) };
      },
    });
};
const [queues, tables] = ['AWS::SQS::Queue', 'AWS::DynamoDB::Table'].map((type) =>
  resourcesOf(type, aws.deployment.stack),
);
const auditHosts = aws.deployment.functions.find(({ title }) => title === 'audit-hosts');
const tableOf = (name: string) => tables?.find(({ id }) => id.startsWith(name))?.physicalId;
const queueOf = (name: string) =>
  queues?.find(({ id }) => id.startsWith(`${name}Queue`))?.physicalId;
console.log(
  JSON.stringify({
    url: aws.url,
    baseline,
    instanceId: host.instanceId,
    liars,
    other: other.instanceId,
    audits: queueOf('Audits'),
    results: queueOf('HostResultsInbox'),
    own: await aws.assume(auditHosts?.name ?? '', 'hosts-tests'),
    table: tableOf('Ledger'),
    earlier: tableOf('Posture'),
  }),
);

const input = createInterface({ input: process.stdin });
input.on('line', (line) => {
  if (line === 'lie') letLie();
  else host.terminate().catch((error) => complain(String(error)));
});
input.once('close', () => {
  Promise.all([host.stop(), other.stop()])
    .then(() => aws.stop())
    .then(() => rm(folder, { recursive: true }))
    .catch((error) => complain(String(error)));
});
