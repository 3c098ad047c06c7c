// Handlers of the runner's tests, laid out like a bundled asset. Each prints what it was given.
const tell = (fields) => console.log(JSON.stringify(fields));

export const takesAll = async ({ Records }, context) => {
  tell({
    pid: process.pid,
    bodies: Records.map(({ body }) => body),
    role: process.env.AWS_ACCESS_KEY_ID,
    table: process.env.TABLE,
    taskRoot: process.env.LAMBDA_TASK_ROOT,
    inherited: process.env.JEST_WORKER_ID ?? null,
    name: context.functionName,
    remaining: context.getRemainingTimeInMillis(),
  });
};
export const failsOdd = async ({ Records }) => {
  const odd = Records.filter(({ body }) => Number(body) % 2 === 1);
  tell({ bodies: Records.map(({ body }) => body) });
  return { batchItemFailures: odd.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};
export const namesAnOutsider = async ({ Records }) => {
  tell({ bodies: Records.map(({ body }) => body) });
  return { batchItemFailures: [{ itemIdentifier: 'nobody' }] };
};
export const throws = async ({ Records }) => {
  tell({ bodies: Records.map(({ body }) => body) });
  throw new TypeError('cannot read the change');
};
export const sleeps = async ({ Records }) => {
  tell({ pid: process.pid, bodies: Records.map(({ body }) => body) });
  await new Promise((resolve) => setTimeout(resolve, 60_000));
};
export const exits = async () => process.exit(3);
/** Takes a while for each message; fails one that says so, the first time, and all after it in the batch. */
export const ordered = async ({ Records }) => {
  const failed = [];
  for (const { body, messageId, attributes } of Records) {
    const { MessageGroupId: group, ApproximateReceiveCount: received } = attributes;
    tell({ bodies: [body], group, at: Date.now(), begins: true });
    await new Promise((resolve) => setTimeout(resolve, 150));
    const fails = failed.length > 0 || (body.includes('fails') && received === '1');
    if (fails) failed.push({ itemIdentifier: messageId });
    tell({ bodies: [body], group, at: Date.now(), begins: false, fails });
  }
  return { batchItemFailures: failed };
};
/** Sends a message on to itself, with one hop less, as a function of the stack does. */
export const goesOn = async ({ Records }) => {
  const { SQS } = await import('@aws-sdk/client-sqs');
  const sqs = new SQS({});
  for (const { body } of Records) {
    const { hops, QueueUrl } = JSON.parse(body);
    tell({ bodies: [String(hops)] });
    const MessageBody = JSON.stringify({ hops: hops - 1, QueueUrl });
    if (hops > 1) await sqs.sendMessageBatch({ QueueUrl, Entries: [{ Id: '0', MessageBody }] });
  }
};
