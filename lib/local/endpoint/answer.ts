import type { Answer, DecodedCall, Protocol } from './call.ts';
import type { Fields } from './fields.ts';
import { loadedModel, type Model, type OperationModel } from './model.ts';
import { element, escapeXml, members } from './xml.ts';

export interface WireError {
  /** The code as the service's SDK reports it, `NoSuchBucket`. */
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

const contentTypes: Readonly<Record<Protocol, string>> = {
  query: 'text/xml',
  ec2: 'text/xml;charset=UTF-8',
  'json1.0': 'application/x-amz-json-1.0',
  'json1.1': 'application/x-amz-json-1.1',
  'rest-json': 'application/json',
  'rest-xml': 'application/xml',
};

const answer = (call: DecodedCall, status: number, body: string, more: Fields = {}): Answer => ({
  status,
  headers: {
    'content-type': contentTypes[call.protocol],
    'x-amzn-requestid': call.requestId,
    ...more,
  },
  body,
});

/** An error in the form that the call's service answers in. */
export const errorAnswer = (call: DecodedCall, { code, message, status }: WireError): Answer => {
  const fault = element('Code', escapeXml(code)) + element('Message', escapeXml(message));
  const id = call.requestId;
  switch (call.protocol) {
    case 'json1.0':
    case 'json1.1':
      return answer(call, status, JSON.stringify({ __type: code, message }));
    case 'rest-json':
      return answer(call, status, JSON.stringify({ message, Message: message, Code: code }), {
        'x-amzn-errortype': code,
      });
    case 'ec2':
      return answer(
        call,
        status,
        element('Response', element('Errors', element('Error', fault)) + element('RequestID', id)),
      );
    case 'query':
      return answer(call, status, wrappedError(fault, status, id));
    case 'rest-xml':
      return answer(
        call,
        status,
        call.service === 's3'
          ? element('Error', fault + element('RequestId', id))
          : wrappedError(fault, status, id),
      );
  }
};

const wrappedError = (fault: string, status: number, id: string) => {
  const type = element('Type', status < 500 ? 'Sender' : 'Receiver');
  return element('ErrorResponse', element('Error', type + fault) + element('RequestId', id));
};

/** An SDK-shaped output in the form that the call's service answers in. */
export const okAnswer = (call: DecodedCall, output: Fields): Answer => {
  const model = loadedModel(call.service);
  const operation = model.operations.get(call.operation);
  if (!operation) throw new Error(`${call.service} has no operation ${call.operation}`);
  return answer(call, statusOf(operation), bodyOf(model, operation, call, output));
};

const statusOf = ({ schema }: OperationModel) =>
  (typeof schema.traits === 'object' ? schema.traits.http?.[2] : undefined) ?? 200;

const bodyOf = (model: Model, operation: OperationModel, call: DecodedCall, output: Fields) => {
  const { name, output: schema } = operation;
  const xmlns = ` xmlns="${model.xmlNamespace}"`;
  const id = element('RequestId', call.requestId);
  const inside = model.protocol.includes('json') ? '' : members(schema, output);
  switch (model.protocol) {
    case 'query':
      return element(
        `${name}Response`,
        element(`${name}Result`, inside) + element('ResponseMetadata', id),
        xmlns,
      );
    case 'ec2':
      return element(`${name}Response`, element('requestId', call.requestId) + inside, xmlns);
    case 'rest-xml':
      return restXmlBody(operation, inside, xmlns);
    default:
      return json(model, operation, output);
  }
};

const restXmlBody = ({ output: schema }: OperationModel, inside: string, xmlns: string) => {
  const payload = [...schema.structIterator()].find(
    ([, member]) => member.getMergedTraits().httpPayload,
  );
  if (payload) return inside;
  return element(String(schema.getMergedTraits().xmlName ?? schema.getName()), inside, xmlns);
};

const json = (model: Model, { output: schema }: OperationModel, output: Fields): string => {
  if (schema.isUnitSchema()) return '{}';
  const serializer = model.wire.getPayloadCodec().createSerializer();
  serializer.write(schema, output);
  const written: string | Uint8Array = serializer.flush();
  return typeof written === 'string' ? written : new TextDecoder().decode(written);
};
