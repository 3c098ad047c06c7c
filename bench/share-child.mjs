// A process as Lambda keeps it: loads the handler once, then is given one event after the other.
import { readFile } from 'node:fs/promises';

const [file, events] = process.argv.slice(2);
const now = () => globalThis.performance.timeOrigin + globalThis.performance.now();
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const { handler } = await import(file);
const told = [];
for (const event of JSON.parse(await readFile(events, 'utf8'))) {
  const [asked, cpuAsked] = [now(), cpu()];
  const answer = await handler(event, { invokedFunctionArn: process.env.FUNCTION_ARN });
  told.push({
    asked,
    done: now(),
    cpu: cpu() - cpuAsked,
    failed: answer.batchItemFailures.length,
  });
}
process.stdout.write(`\n${JSON.stringify(told)}`);
process.exit(0);
