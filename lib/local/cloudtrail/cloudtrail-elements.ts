import { isRecord } from '../../support/untyped.ts';
import type { DecodedCall } from '../endpoint/call.ts';
import type { Fields } from '../endpoint/fields.ts';
import { loadedModel, type OperationModel } from '../endpoint/model.ts';
import { s3Parameters } from './cloudtrail-s3.ts';
import { type Style, shown, styleOf } from './cloudtrail-shape.ts';

// EC2's newer calls show the request and the response as one XML element each, with names as on the wire.
const wrapped =
  /^(ModifySecurityGroupRules|UpdateSecurityGroupRuleDescriptions(In|E)gress|(Create|Modify|Restore|Delete)ManagedPrefixList(Version)?|(En|Dis)ableEbsEncryptionByDefault|(En|Dis)ableSnapshotBlockPublicAccess|ModifyInstanceMetadataDefaults)$/;

const wire: Style = {
  name: (member, schema) => schema.getMergedTraits().xmlName ?? member,
  list: (items) => {
    const tagged = items.map((item, at) => (isRecord(item) ? { ...item, tag: at + 1 } : item));
    return tagged.length === 1 ? tagged[0] : tagged;
  },
  date: (date) => date.toISOString(),
};

export const requestParameters = (call: DecodedCall): Fields | null => {
  const model = modelFor(call);
  if (call.service === 's3' || call.service === 's3control') return s3Parameters(call, model);
  if (call.service === 'ec2' && wrapped.test(call.operation))
    return { [`${call.operation}Request`]: shown(model.input, call.input, wire) };
  return orNull(withEmptyRules(call, shown(model.input, call.input, styleOf(call))));
};

// The form with `cidrIp` on top shows an empty `ipPermissions` beside it.
const withEmptyRules = (call: DecodedCall, parameters: unknown) =>
  call.service === 'ec2' && /^(Authorize|Revoke)SecurityGroup/.test(call.operation)
    ? { ipPermissions: {}, ...Object(parameters) }
    : parameters;

export const responseElements = (call: DecodedCall, output: unknown): Fields | null => {
  if (call.service === 's3' || call.service === 's3control' || !isRecord(output)) return null;
  const model = modelFor(call);
  const elements = shown(model.output, output, styleOf(call));
  if (call.service === 'ec2') return ec2Elements(call, elements);
  return orNull(call.service === 'rds' ? unwrapped(model, elements) : elements);
};

const ec2Elements = (call: DecodedCall, elements: unknown): Fields => {
  const fields = { requestId: call.requestId, ...Object(elements) };
  return wrapped.test(call.operation) ? { [`${call.operation}Response`]: fields } : fields;
};

/** RDS leaves out the element around what it answers, `DBInstance`. */
const unwrapped = ({ output }: OperationModel, elements: unknown) => {
  const [only, ...others] = isRecord(elements) ? Object.values(elements) : [];
  const isOne = Object.keys(output.getMemberSchemas()).length === 1;
  return isOne && others.length === 0 && isRecord(only) ? only : elements;
};

const orNull = (value: unknown) =>
  isRecord(value) && Object.keys(value).length > 0 ? value : null;

const modelFor = ({ service, operation }: DecodedCall): OperationModel => {
  const model = loadedModel(service).operations.get(operation);
  if (!model) throw new Error(`${service} has no operation ${operation}`);
  return model;
};
