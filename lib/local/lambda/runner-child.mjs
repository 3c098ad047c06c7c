// Runs one bundled handler, one invocation at a time, as Lambda's Node runtime does.
// Plain JavaScript: no loader is in the process that the handler would not have on Lambda.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { LAMBDA_TASK_ROOT: folder, _HANDLER: entry, AWS_LAMBDA_FUNCTION_NAME: name } = process.env;
const dot = entry.lastIndexOf('.');
const [file, exported] = [entry.slice(0, dot), entry.slice(dot + 1)];

const load = async () => {
  const found = ['.mjs', '.js']
    .map((ending) => file + ending)
    .find((each) => readdirSync(folder).includes(each));
  if (!found) throw new Error(`Cannot find module '${file}' in ${folder}`);
  const module = await import(pathToFileURL(join(folder, found)).href);
  if (typeof module[exported] !== 'function')
    throw new Error(`${entry} is undefined or not exported`);
  return module[exported];
};
const handler = load();
handler.catch(() => {});

const context = ({ requestId, functionArn, deadline, logGroup }) => ({
  awsRequestId: requestId,
  callbackWaitsForEmptyEventLoop: true,
  functionName: name,
  functionVersion: '$LATEST',
  invokedFunctionArn: functionArn,
  memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  logGroupName: logGroup,
  logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
});

const told = (error) =>
  error instanceof Error
    ? { name: error.name, message: error.message, stack: error.stack }
    : { name: 'Error', message: String(error) };

process.on('message', async (invocation) => {
  // Where the SDK looks for the header that it sends with each call.
  process.env._X_AMZN_TRACE_ID = invocation.trace;
  try {
    const result = await (await handler)(invocation.event, context(invocation));
    process.send({ result: result === undefined ? null : result });
  } catch (error) {
    process.send({ error: told(error) });
  }
});
// Ctrl-C reaches the whole group; the parent decides.
process.on('SIGINT', () => {});
// The parent is gone, however it went.
process.on('disconnect', () => process.exit(0));
