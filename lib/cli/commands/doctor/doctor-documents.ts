import { createHash } from 'node:crypto';
import { attempted, codeOf, messageOf } from '../../../aws/errors.ts';
import { type Deployed, versionOf } from '../../../pipeline/hosts/sendable.ts';
import { canonicalJson } from '../../../support/canonical-json.ts';
import { plural } from '../../../support/plural.ts';
import { asRecord, text } from '../../../support/untyped.ts';
import type { Found, Looked } from './host-check.ts';

/** A value of a template with what it joins, and what it finds in the template's mappings. */
const resolved = (value: unknown, mappings: unknown): unknown => {
  if (Array.isArray(value)) return value.map((one) => resolved(one, mappings));
  if (typeof value !== 'object' || value === null) return value;
  const { 'Fn::FindInMap': keys, 'Fn::Join': joined } = asRecord(value);
  if (Array.isArray(keys))
    return keys.reduce((map: unknown, key) => asRecord(map)[String(key)], mappings);
  if (Array.isArray(joined)) {
    const [separator, pieces] = joined;
    if (Array.isArray(pieces))
      return pieces.map((piece) => resolved(piece, mappings)).join(String(separator));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, resolved(inner, mappings)]),
  );
};

const documentIn = (resource: unknown, mappings: unknown): readonly Deployed[] => {
  const { Type, Properties } = asRecord(resource);
  const { Name, Content } = asRecord(Properties);
  const name = text(Name);
  if (Type !== 'AWS::SSM::Document' || name === undefined) return [];
  const content = createHash('sha256')
    .update(canonicalJson(resolved(Content, mappings)))
    .digest('hex');
  return [{ name, content }];
};

/** The documents as the stack's template has them. */
const deployedWith = async ({ stack, clients }: Looked): Promise<readonly Deployed[]> => {
  const cloudformation = await clients('cloudformation');
  const { TemplateBody } = await cloudformation.getTemplate({ StackName: stack.name });
  const template = asRecord(JSON.parse(TemplateBody ?? '{}'));
  return Object.values(asRecord(template['Resources'])).flatMap((resource) =>
    documentIn(resource, template['Mappings']),
  );
};

const faultOf = async (document: Deployed, { clients }: Looked): Promise<readonly string[]> => {
  const ssm = await clients('ssm');
  const asked = await attempted(() => versionOf(document, ssm));
  if ('value' in asked) return [];
  if (codeOf(asked.failure) === 'InvalidDocument')
    return [`${document.name} is not there: no host is asked with it; deploy the stack again`];
  // What AWS answers otherwise says nothing of the document.
  if (codeOf(asked.failure) !== 'Error') throw asked.failure;
  return [`${messageOf(asked.failure)}; deploy the stack again`];
};

/** Whether Systems Manager has each document of the stack, and as it was deployed. */
export const checkDocuments = async (looked: Looked): Promise<Found> => {
  const documents = await deployedWith(looked);
  const faults = await Promise.all(documents.map((document) => faultOf(document, looked)));
  return {
    faults: faults.flat(),
    said: `${plural(documents.length, 'document is', 'documents are')} as deployed`,
    told: { documents: documents.length },
  };
};
