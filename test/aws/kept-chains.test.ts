import { Readable } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IAM } from '@aws-sdk/client-iam';
import { RDS } from '@aws-sdk/client-rds';
import { S3, type ServiceInputTypes, type ServiceOutputTypes } from '@aws-sdk/client-s3';
import { S3Control } from '@aws-sdk/client-s3-control';
import { SQS } from '@aws-sdk/client-sqs';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { type HttpRequest, HttpResponse } from '@smithy/core/protocols';
import type { SerializeMiddleware } from '@smithy/types';
import { keepingChains } from '../../lib/aws/kept-chains.ts';

type Handled = readonly [request: HttpRequest, options: { readonly abortSignal?: AbortSignal }];
type Answers = (request: HttpRequest, nth: number) => { status: number; body: string };

const nothing: Answers = () => ({ status: 200, body: '' });
/** Answers requests without a network, in an order of its own, and notes them. */
const handling = (answers: Answers = nothing) => {
  const handled: Handled[] = [];
  const handle = async (...[request, options]: Handled) => {
    const { status, body } = answers(request, handled.push([request, options]));
    await new Promise((resolve) => setTimeout(resolve, (handled.length * 7) % 5));
    const answer = { statusCode: status, headers: { 'content-type': 'application/xml' } };
    return { response: new HttpResponse({ ...answer, body: Readable.from([Buffer.from(body)]) }) };
  };
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'made up' };
  const settings = { region: 'eu-west-1', credentials, requestHandler: { handle } };
  return { handled, settings: settings as never };
};

/** What AWS gets, but for what differs with each call and moment. */
const sent = ([{ method, protocol, hostname, path, query, headers, body }]: Handled) => {
  const { authorization, 'amz-sdk-invocation-id': _, 'x-amz-date': __, ...others } = headers;
  const signed = authorization?.replace(/\/\d{8}\/|Signature=\w+/g, '');
  return { method, protocol, hostname, path, query, others, signed, body };
};

const translated = { marshallOptions: { removeUndefinedValues: true } };

const calls: Readonly<Record<string, (settings: never, keep: <C>(client: C) => C) => unknown>> = {
  'a bucket': async (settings, keep) => {
    const s3 = keep(new S3(settings));
    await s3.getBucketAcl({ Bucket: 'one', ExpectedBucketOwner: '123456789012' });
    await s3.getBucketAcl({ Bucket: 'two.dots' });
    await s3.putBucketVersioning({ Bucket: 'one', VersioningConfiguration: { Status: 'Enabled' } });
    await s3.getObject({ Bucket: 'one', Key: 'a b' });
  },
  'an account of S3': (settings, keep) =>
    keep(new S3Control(settings)).getPublicAccessBlock({ AccountId: '123456789012' }),
  'a user': (settings, keep) => keep(new IAM(settings)).listAccessKeys({ UserName: 'u' }),
  'a database': (settings, keep) =>
    keep(new RDS(settings)).describeDBInstances({ DBInstanceIdentifier: 'd' }),
  'a queue': (settings, keep) =>
    keep(new SQS(settings)).deleteMessage({
      QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/123456789012/q',
      ReceiptHandle: 'h',
    }),
  'a table': async (settings, keep) => {
    const dynamoDb = keep(DynamoDBDocument.from(new DynamoDBClient(settings), translated));
    const TableName = 'posture';
    await dynamoDb.put({
      TableName,
      Item: { pk: 'a', n: 1, set: new Set(['x']), none: undefined },
    });
    await dynamoDb.batchGet({
      RequestItems: { [TableName]: { Keys: [{ pk: 'a' }, { pk: 'b' }] } },
    });
    await dynamoDb.update({
      TableName,
      Key: { pk: 'a' },
      UpdateExpression: 'SET n = :n',
      ExpressionAttributeValues: { ':n': [1, { deep: true }] },
    });
    await dynamoDb.query({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': 'a' },
    });
  },
};

const refused = (code: string) => `<Error><Code>${code}</Code><Message>no</Message></Error>`;
const withPolicy: Answers = ({ hostname }) => ({
  status: 200,
  body: `{"Statement":[],"Id":"${hostname.split('.')[0]}"}`,
});

describe('a client that keeps the chain of each command', () => {
  it.each(Object.keys(calls))('sends what the SDK sends, again and again: %s', async (name) => {
    const alone = handling();
    await calls[name]?.(alone.settings, (client) => client);
    const kept = handling();
    const clients = new Map<unknown, unknown>();
    const keep = <C extends object>(client: C): C => {
      const known = clients.get(client.constructor) ?? keepingChains(client);
      clients.set(client.constructor, known);
      return known as C;
    };
    for (let n = 0; n < 3; n += 1) await calls[name]?.(kept.settings, keep as never);
    const once = alone.handled.map(sent);
    expect(once.length).toBeGreaterThan(0);
    expect(kept.handled.map(sent)).toEqual([...once, ...once, ...once]);
  });

  it('sends each of many calls at once to its own bucket, and gives each its own answer', async () => {
    const { handled, settings } = handling(withPolicy);
    const s3 = keepingChains(new S3(settings));
    // Between finding the host of a call and asking it others find theirs.
    const waiting: SerializeMiddleware<ServiceInputTypes, ServiceOutputTypes> =
      (next) => async (asked) => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        return next(asked);
      };
    s3.middlewareStack.addRelativeTo(waiting, {
      relation: 'after',
      toMiddleware: 'endpointV2Middleware',
    });
    const buckets = Array.from({ length: 40 }, (_, n) => `bucket-${n}`);
    const policies = await Promise.all(
      buckets.map(async (Bucket) => (await s3.getBucketPolicy({ Bucket })).Policy),
    );
    expect(policies.map((text) => JSON.parse(text ?? '').Id)).toEqual(buckets);
    const hosts = handled.map(([{ hostname }]) => hostname);
    expect(hosts.toSorted()).toEqual(
      buckets.map((one) => `${one}.s3.eu-west-1.amazonaws.com`).toSorted(),
    );
  });

  it('answers each of many calls at once with its own item', async () => {
    const { settings } = handling(({ body }) => {
      const { Key } = JSON.parse(Buffer.from(body).toString());
      return { status: 200, body: JSON.stringify({ Item: { pk: Key.pk, n: { N: '7' } } }) };
    });
    const dynamoDb = keepingChains(DynamoDBDocument.from(new DynamoDBClient(settings), translated));
    const keys = Array.from({ length: 40 }, (_, n) => `row-${n}`);
    const items = await Promise.all(
      keys.map(async (pk) => (await dynamoDb.get({ TableName: 't', Key: { pk } })).Item),
    );
    expect(items).toEqual(keys.map((pk) => ({ pk, n: 7 })));
  });

  it('tries again what is throttled, and names the error of what is refused', async () => {
    const { handled, settings } = handling((_, nth) =>
      nth < 3 ? { status: 503, body: refused('SlowDown') } : { status: 404, body: refused('Gone') },
    );
    const s3 = keepingChains(new S3(settings));
    await expect(s3.getBucketPolicy({ Bucket: 'b' })).rejects.toMatchObject({
      name: 'Gone',
      $metadata: { httpStatusCode: 404, attempts: 3 },
    });
    expect(handled).toHaveLength(3);
  });

  it('leaves to the SDK a call that has options of its own', async () => {
    const { handled, settings } = handling();
    const s3 = keepingChains(new S3(settings));
    const { signal: abortSignal } = new AbortController();
    await s3.getBucketAcl({ Bucket: 'b' });
    await s3.getBucketAcl({ Bucket: 'b' }, { abortSignal });
    expect(handled.map(([, options]) => options.abortSignal)).toEqual([undefined, abortSignal]);
  });
});
