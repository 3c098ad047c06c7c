// Loaded before a handler: keeps a line of each call to AWS, and ends the process as a crash does, before or after the
// call that KILL_AT names ("before 3"). Plain JavaScript, as the handler's process has no loader.
import { appendFileSync } from 'node:fs';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';

const { CALLS_FILE: file, KILL_AT: killAt } = process.env;
const request = http.request;
let made = 0;

const dieAt = (point) => {
  if (point === killAt) process.kill(process.pid, 'SIGKILL');
};

const nameOf = ({ method, path, headers = {} }, body) => {
  const { authorization = '', 'x-amz-target': target } = headers;
  const service = /\/([a-z0-9-]+)\/aws4_request/.exec(authorization)?.[1] ?? 'unsigned';
  const action = /(?:^|&)Action=(\w+)/.exec(body)?.[1];
  return `${service} ${target?.split('.').at(-1) ?? action ?? `${method} ${path}`}`;
};

http.request = (options, ...rest) => {
  made += 1;
  const number = made;
  dieAt(`before ${number}`);
  const sent = request(options, ...rest);
  let body = '';
  for (const part of ['write', 'end']) {
    const send = sent[part].bind(sent);
    sent[part] = (chunk, ...more) => {
      if (chunk && typeof chunk !== 'function') body += Buffer.from(chunk).toString();
      return send(chunk, ...more);
    };
  }
  // The first to hear of the answer: AWS has done it, and the handler does not know.
  sent.prependListener('response', ({ statusCode }) => {
    const call = { name: nameOf(options, body), path: options.path, body, statusCode };
    appendFileSync(file, `${JSON.stringify(call)}\n`);
    dieAt(`after ${number}`);
  });
  return sent;
};
syncBuiltinESMExports();
