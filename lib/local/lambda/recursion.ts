import { createHash, randomBytes } from 'node:crypto';

/**
 * Lambda counts how often a function was invoked in one chain of requests. It keeps the count in the trace header, which
 * the SDK sends on with each call of a function and SQS keeps with each message; after about 16 it stops:
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html. The header's form is AWS's own affair.
 */
export const mostInvocations = 16;

const rootOf = (header: string): string | undefined => /(?:^|;)Root=([^;]+)/.exec(header)?.[1];
const lineageOf = (header: string): Map<string, number> => {
  const [, lineage = ''] = /(?:^|;)Lineage=([^;]+)/.exec(header) ?? [];
  const counts = lineage.split('|').map((one) => one.split(':') as [string, string]);
  return new Map(counts.map(([of, count]) => [of, Number(count)]));
};
const keyOf = (functionArn: string): string =>
  createHash('sha256').update(functionArn).digest('hex').slice(0, 8);

/** How often a function was invoked in the chain that a trace header tells of. */
export const invocationsIn = (header: string | undefined, functionArn: string): number =>
  lineageOf(header ?? '').get(keyOf(functionArn)) ?? 0;

/** The header of one more invocation of a function: of the chain that led to it, or of a new one. */
export const continued = (header: string | undefined, functionArn: string): string => {
  const lineage = lineageOf(header ?? '');
  lineage.delete('');
  lineage.set(keyOf(functionArn), invocationsIn(header, functionArn) + 1);
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  const root = rootOf(header ?? '') ?? `1-${seconds}-${randomBytes(12).toString('hex')}`;
  return `Root=${root};Lineage=${[...lineage].map((one) => one.join(':')).join('|')}`;
};
