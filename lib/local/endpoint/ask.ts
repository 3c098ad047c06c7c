import { isRecord } from '../../support/untyped.ts';
import type { Answer, DecodedCall, Forward } from './call.ts';
import type { Fields } from './fields.ts';
import { loadedModel } from './model.ts';
import { outputOf } from './output.ts';

/** Asks moto another operation of the call's service, one of those with a query protocol, in the caller's name. */
export const askQuery = async (
  call: DecodedCall,
  forward: Forward,
  operation: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Fields | undefined> => {
  const answer = await forward({
    method: 'POST',
    path: '/',
    headers: { ...signedAs(call), 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(new URLSearchParams({ Action: operation, ...parameters }).toString()),
  });
  return fieldsOf(call, operation, answer);
};

/** Asks moto for what S3, or S3 Control of an account, says at a path. */
export const askS3 = (
  call: DecodedCall,
  forward: Forward,
  path: string,
  account = '',
): Promise<Answer> =>
  forward({
    method: 'GET',
    path,
    headers: { ...signedAs(call), ...(account && { 'x-amz-account-id': account }) },
    body: Buffer.alloc(0),
  });

/** The output of an operation of the call's service; undefined for an error. */
export const fieldsOf = async (call: DecodedCall, operation: string, answer: Answer) => {
  const output = await outputOf(loadedModel(call.service), operation, answer);
  return isRecord(output) ? output : undefined;
};

const signedAs = ({ headers }: DecodedCall) => ({
  host: headers['host'] ?? '127.0.0.1',
  authorization: headers['authorization'] ?? '',
});
