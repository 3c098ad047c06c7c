// One instance of the function that evaluates: takes a batch, answers which of its records failed.
const [file] = process.argv.slice(2);
const { handler } = await import(file);
/** Batches from one look at what is kept to the next. */
const betweenLooks = 20;
let batches = 0;
let heapBytes = 0;
process.on('message', async ({ Records }) => {
  const context = { invokedFunctionArn: process.env.FUNCTION_ARN };
  const { batchItemFailures } = await handler({ Records }, context);
  const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  batches += 1;
  if (batches % betweenLooks === 0) {
    globalThis.gc();
    heapBytes = process.memoryUsage().heapUsed;
  }
  const { user, system } = process.cpuUsage();
  const rssBytes = process.memoryUsage.rss();
  process.send({ failed, rssBytes, heapBytes, cpuMs: (user + system) / 1000 });
});
process.send({ ready: true });
