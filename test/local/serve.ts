import { startLocalAws } from '../../lib/local/local-aws.ts';

const complain = (sentence: string) => console.error(`local AWS: ${sentence}`);

// The local AWS that the tests of one run share; it ends when its standard input does.
const aws = await startLocalAws({ port: 0, scheduleSpeed: 0, onTrouble: complain });
const evaluate = aws.deployment.functions.find(({ handler }) => handler === 'evaluate.handler');
const reader = await aws.assume(evaluate?.name ?? '', 'reader-tests');
console.log(JSON.stringify({ url: aws.url, reader }));

process.stdin.resume();
process.stdin.once('end', () => {
  aws.stop().catch((error) => complain(String(error)));
});
