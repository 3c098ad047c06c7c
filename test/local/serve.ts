import { type LocalAwsOptions, startLocalAws } from '../../lib/local/local-aws.ts';
import { turnOnRemediation } from '../../lib/local/turn-on.ts';
import { addStandIn } from './stand-in-host.ts';

const complain = (sentence: string) => console.error(`local AWS: ${sentence}`);

// A local AWS for tests, its options as JSON; it ends when its standard input does.
interface Options extends LocalAwsOptions {
  readonly hasHost?: boolean;
  readonly isLeftOff?: boolean;
}
const { hasHost, isLeftOff, ...given }: Options = JSON.parse(process.argv[2] ?? '{}');
const operators = ['arn:aws:iam::123456789012:user/alice'];
const onTrouble = complain;
const aws = await startLocalAws({ port: 0, scheduleSpeed: 0, operators, ...given, onTrouble });
// Where nobody takes what is asked for, nobody can turn it on.
if (!isLeftOff && !given.unattended?.includes('remediate')) await turnOnRemediation(aws);
const own = Object.fromEntries(
  await Promise.all(
    aws.deployment.functions.map(async ({ title, name }) => [
      title,
      await aws.assume(name, `${title}-tests`),
    ]),
  ),
);
const remediate = aws.deployment.functions.find(({ handler }) => handler === 'remediate.handler');
const standIn = hasHost ? await addStandIn(aws) : undefined;
console.log(
  JSON.stringify({
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
  }),
);

process.stdin.resume();
process.stdin.once('end', () => {
  aws
    .stop()
    .then(() => standIn?.remove())
    .catch((error) => complain(String(error)));
});
