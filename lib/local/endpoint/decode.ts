import { randomUUID } from 'node:crypto';
import type { Service } from '../../model/control.ts';
import type { DecodedCall, RawCall } from './call.ts';
import { decodeQuery } from './decode-query.ts';
import { decodeRest } from './decode-rest.ts';
import type { Fields } from './fields.ts';
import { type Model, modelOf, type OperationModel } from './model.ts';
import { isReadOnly } from './read-only.ts';
import { type Match, matchRoute, type Target, targetOf } from './route.ts';
import { pathStyle, withinBucket } from './s3-address.ts';
import { serviceSignedAs } from './services.ts';

interface Signed {
  readonly accessKeyId?: string;
  readonly region: string;
  readonly service: Service;
}
type Named = Pick<DecodedCall, 'operation' | 'input'>;

/** What a request asks for; undefined where no schema knows it. */
export const decode = async (raw: RawCall, sourceIp: string): Promise<DecodedCall | undefined> => {
  const signed = signatureOf(raw);
  if (!signed) return undefined;
  const call = signed.service === 's3' ? pathStyle(raw) : raw;
  const model = await modelOf(signed.service);
  const named = await nameOf(model, call);
  if (!named) return undefined;
  return {
    ...call,
    ...signed,
    ...named,
    protocol: model.protocol,
    requestId: randomUUID(),
    sourceIp,
    userAgent: call.headers['user-agent'] ?? '-',
    readOnly: isReadOnly(signed.service, named.operation),
  };
};

const scope = /(?:Credential=|X-Amz-Credential=)([^/]+)\/\d{8}\/([^/]*)\/([^/]+)\/aws4_request/;

const signatureOf = (raw: RawCall): Signed | undefined => {
  const text =
    raw.headers['authorization'] ?? decodeURIComponent(/\?(.*)/s.exec(raw.path)?.[1] ?? '');
  const [, accessKeyId = '', region = '', signedAs = ''] = scope.exec(text) ?? [];
  const service = accessKeyId === '' ? unsigned(raw) : serviceSignedAs(signedAs);
  if (!service) return undefined;
  return {
    service: siblings[service]?.(raw) ?? service,
    region: region === '' || region === '*' ? 'us-east-1' : region,
    ...(accessKeyId === '' ? {} : { accessKeyId }),
  };
};

/** Services that sign under one name: the other one, where a request is for that. */
const siblings: { readonly [S in Service]?: (raw: RawCall) => Service | undefined } = {
  apigateway: ({ path }) => (path.startsWith('/v2/') ? 'apigatewayv2' : undefined),
  s3: ({ path }) => (path.startsWith('/v20180820/') ? 's3control' : undefined),
  // The first one that has the name; the version of the API tells which is meant.
  elb: ({ path, body }) =>
    /[?&]Version=2015-12-01(&|$)/.test(`?${path.split('?')[1] ?? ''}&${body.toString('latin1')}`)
      ? 'elbv2'
      : undefined,
};

// The calls that AWS takes without a signature: web identities, and S3 and SQS from anybody whom a policy allows.
const unsigned = ({ path, body, headers }: RawCall): Service | undefined => {
  const asked = `${path}\n${body.toString('latin1', 0, 2000)}`;
  if (/[?&\n]Action=AssumeRoleWith(SAML|WebIdentity)(&|$)/.test(asked)) return 'sts';
  const target = headers['x-amz-target'];
  if (target?.startsWith('AmazonSQS.') || /[?&\n]Action=\w*(Message|Queue)/.test(asked))
    return 'sqs';
  return target === undefined ? 's3' : undefined;
};

const nameOf = async (model: Model, call: RawCall): Promise<Named | undefined> => {
  if (model.protocol.startsWith('rest')) return nameRest(model, call);
  const target = call.headers['x-amz-target'];
  return target === undefined ? nameQuery(model, call) : nameJson(model, call, target);
};

const nameJson = async (model: Model, { body }: RawCall, target: string) => {
  const known = model.operations.get(target.slice(target.lastIndexOf('.') + 1));
  if (!known) return undefined;
  const codec = model.wire.getPayloadCodec().createDeserializer();
  const text = body.length === 0 ? '{}' : body.toString();
  return { operation: known.name, input: (await codec.read(known.input, text)) ?? {} };
};

const nameQuery = async (model: Model, { path, body }: RawCall) => {
  const parameters = new URLSearchParams(
    body.length === 0 ? path.split(/\?(.*)/s)[1] : body.toString(),
  );
  const known = model.operations.get(parameters.get('Action') ?? '');
  if (!known) return undefined;
  const input = decodeQuery(known.input, parameters, model.protocol === 'ec2');
  // Older clients call a queue by its path alone:
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html
  const queue = model.service === 'sqs' && /^\/\d{12}\/[\w.-]+/.exec(path)?.[0];
  return { operation: known.name, input: queue ? { QueueUrl: queue, ...input } : input };
};

const nameRest = async (model: Model, call: RawCall) => {
  const { target, bucket } =
    model.service === 's3' ? withinBucket(targetOf(call.path)) : { target: targetOf(call.path) };
  const found = bestMatch(model, call, target, bucket !== undefined);
  if (!found) return undefined;
  const decoded = await decodeRest(found.operation, model.wire, call, found.match, target);
  const input: Fields = bucket === undefined ? decoded : { Bucket: bucket, ...decoded };
  return { operation: found.operation.name, input };
};

const bestMatch = (model: Model, call: RawCall, target: Target, inBucket: boolean) => {
  let best: { operation: OperationModel; match: Match } | undefined;
  for (const operation of model.operations.values()) {
    const { route } = operation;
    if (!route || (model.service === 's3' && route.inBucket !== inBucket)) continue;
    const match = matchRoute(route, call, target);
    if (match && (!best || match.weight > best.match.weight)) best = { operation, match };
  }
  return best;
};
