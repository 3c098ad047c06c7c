// A process as Lambda starts it: loads the handler, then is given its first event.
const [file, event] = process.argv.slice(2);
const { performance: clock } = globalThis;
const now = () => clock.timeOrigin + clock.now();
const begun = now();
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const cpuAtStart = cpu();
const { handler } = await import(file);
const loaded = now();
const initCpu = cpu() - cpuAtStart;
await new Promise((resolve) => setTimeout(resolve, Number(process.env.PAUSE_MS ?? 0)));
const rss = process.memoryUsage().rss;
const asked = now();
const cpuAsked = cpu();
const answer = await handler(JSON.parse(event), { invokedFunctionArn: process.env.FUNCTION_ARN });
process.stdout.write(
  JSON.stringify({
    begun,
    loaded,
    asked,
    done: now(),
    rss,
    initCpu,
    eventCpu: cpu() - cpuAsked,
    failed: answer.batchItemFailures.length,
  }),
);
process.exit(0);
