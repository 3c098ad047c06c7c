// One instance of the function that evaluates: takes a batch, answers which of its records failed.
const [file] = process.argv.slice(2);
const { handler } = await import(file);
process.on('message', async ({ Records }) => {
  const context = { invokedFunctionArn: process.env.FUNCTION_ARN };
  const { batchItemFailures } = await handler({ Records }, context);
  const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  const { user, system } = process.cpuUsage();
  process.send({ failed, rssBytes: process.memoryUsage.rss(), cpuMs: (user + system) / 1000 });
});
process.send({ ready: true });
