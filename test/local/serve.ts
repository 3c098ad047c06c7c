import { createInterface } from 'node:readline';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from '../../lib/local/local-aws.ts';
import { turnOnRemediation } from '../../lib/local/turn-on.ts';
import { addStandIn } from './stand-in-host.ts';

const complain = (sentence: string) => console.error(`local AWS: ${sentence}`);

// Local AWS for tests, one after another: a line of its standard input starts one, with its options as JSON, and the
// next line ends it. It answers each with a line. It ends when its standard input does.
interface Options extends LocalAwsOptions {
  readonly hasHost?: boolean;
  readonly isLeftOff?: boolean;
}
type StandIn = Awaited<ReturnType<typeof addStandIn>>;

const operators = ['arn:aws:iam::123456789012:user/alice'];

const start = async ({ hasHost, isLeftOff, ...given }: Options) => {
  const onTrouble = complain;
  const aws = await startLocalAws({ port: 0, scheduleSpeed: 0, operators, ...given, onTrouble });
  // Where nobody takes what is asked for, nobody can turn it on.
  if (!isLeftOff && !given.unattended?.includes('remediate')) await turnOnRemediation(aws);
  return { aws, standIn: hasHost ? await addStandIn(aws) : undefined };
};

const told = async (aws: LocalAws, standIn: StandIn | undefined) => {
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
    ...(standIn && { instanceId: standIn.instanceId }),
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
  await ended?.standIn?.remove();
};

for await (const line of createInterface({ input: process.stdin })) {
  try {
    if (running) {
      await end();
      say({ ended: true });
    } else {
      running = await start(JSON.parse(line));
      say(await told(running.aws, running.standIn));
    }
  } catch (error) {
    complain(String(error));
    process.exit(1);
  }
}
await end().catch((error) => complain(String(error)));
process.exit();
