import type { Before, DecodedCall } from './call.ts';

const isTableWrite = ({ service, readOnly }: DecodedCall) => service === 'dynamodb' && !readOnly;

/** Lets one write to DynamoDB through at a time: moto copies its tables for a transaction, and a write meanwhile breaks that. */
export const oneTableWriteAtATime = (): Before => {
  let last: Promise<unknown> = Promise.resolve();
  return (call, forward) => {
    if (!isTableWrite(call)) return undefined;
    const answer = last.then(() => forward(call));
    last = answer.catch(() => undefined);
    return answer;
  };
};
