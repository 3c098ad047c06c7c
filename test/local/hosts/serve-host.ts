import { EC2 } from '@aws-sdk/client-ec2';
import { baseRoot } from '../../../lib/local/hosts/base-root.ts';
import { debian12 } from '../../../lib/local/hosts/distributions.ts';
import { launchHost } from '../../../lib/local/hosts/launch.ts';
import { startLocalAws } from '../../../lib/local/local-aws.ts';

// A local AWS with one host, for tests; it ends when its standard input does.
const complain = (sentence: string) => console.error(`local AWS: ${sentence}`);
const base = await baseRoot(debian12);
const aws = await startLocalAws({ port: 0, scheduleSpeed: 0, onTrouble: complain });
const credentials = { accessKeyId: 'admin', secretAccessKey: 'any' };
const ec2 = new EC2({ endpoint: aws.url, region: aws.region, credentials });
const host = await launchHost({ ec2, fleet: aws.fleet, base });
console.log(JSON.stringify({ url: aws.url, instanceId: host.instanceId }));

process.stdin.resume();
process.stdin.once('end', () => {
  host
    .terminate()
    .then(() => aws.stop())
    .catch((error) => complain(String(error)));
});
