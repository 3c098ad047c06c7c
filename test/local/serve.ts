import { createInterface } from 'node:readline';
import type { Spot } from '../../lib/local/hosts/fleet.ts';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../lib/local/local-aws.ts';
import { turnOnRemediation } from '../../lib/local/turn-on.ts';
import { addStandIn } from './stand-in-host.ts';

const complain = (sentence: string) => console.error(`local AWS: ${sentence}`);

// Local AWS for tests, one after another: a line of its standard input starts one, with its options as JSON, and the
// next line ends it. It answers each with a line. It ends when its standard input does.
interface Options extends LocalAwsOptions {
  readonly hasHost?: boolean;
  readonly hostsAt?: readonly Spot[];
  readonly isLeftOff?: boolean;
}
type StandIn = Awaited<ReturnType<typeof addStandIn>>;

const operators = ['arn:aws:iam::123456789012:user/alice'];

const start = async ({ hasHost, hostsAt = [], isLeftOff, ...given }: Options) => {
  const onTrouble = complain;
  const aws = await startLocalAws({ port: 0, scheduleSpeed: 0, operators, ...given, onTrouble });
  // Where nobody takes what is asked for, nobody can turn it on.
  if (!isLeftOff && !given.unattended?.includes('remediate')) await turnOnRemediation(aws);
  const standIns: StandIn[] = hasHost ? [await addStandIn(aws)] : [];
  for (const spot of hostsAt) standIns.push(await addStandIn(aws, spot));
  return { aws, standIns };
};

const told = async (aws: LocalAws, standIns: readonly StandIn[]) => {
  const instanceIds = standIns.map(({ instanceId }) => instanceId);
  const own = Object.fromEntries(
    await Promise.all(
      aws.deployment.functions.map(async ({ title, name }) => [
        title,
        await aws.assume(name, `${title}-tests`),
      ]),
    ),
  );
  const remediate = aws.deployment.functions.find(({ handler }) => handler === 'remediate.handler');
  return {
    url: aws.url,
    reader: own['evaluate'],
    own,
    functions: Object.fromEntries(aws.deployment.functions.map(({ title, name }) => [title, name])),
    ...(aws.before && { before: Object.fromEntries(aws.before.stack.physicalIds) }),
    ...(instanceIds.length > 0 && { instanceIds, instanceId: instanceIds[0] }),
    ...(remediate && {
      remediate: {
        target: remediate,
        environment: remediate.environment,
        credentials: await aws.assume(remediate.name, 'remediation-tests'),
      },
    }),
  };
};

const say = (message: object) => console.log(JSON.stringify(message));
let running: Awaited<ReturnType<typeof start>> | undefined;
const end = async () => {
  const ended = running;
  running = undefined;
  await ended?.aws.stop();
  for (const one of ended?.standIns ?? []) await one.remove();
};

for await (const line of createInterface({ input: process.stdin })) {
  try {
    if (running) {
      await end();
      say({ ended: true });
    } else {
      running = await start(JSON.parse(line));
      say(await told(running.aws, running.standIns));
    }
  } catch (error) {
    complain(String(error));
    process.exit(1);
  }
}
await end().catch((error) => complain(String(error)));
process.exit();
