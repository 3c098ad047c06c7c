import type { Before } from './endpoint/call.ts';

/**
 * Lets one call to DynamoDB through at a time: moto copies its tables for a transaction, and anything meanwhile breaks
 * that, even a read, which makes room for the key it asks for.
 */
export const oneTableCallAtATime = (): Before => {
  let last: Promise<unknown> = Promise.resolve();
  return (call, forward) => {
    if (call.service !== 'dynamodb') return undefined;
    const answer = last.then(() => forward(call));
    last = answer.catch(() => undefined);
    return answer;
  };
};
