import { parseJson } from '../../../support/json.ts';
import { asRecord } from '../../../support/untyped.ts';
import { UserError } from '../../../support/user-error.ts';
import { keptValue } from '../../../templates/resolution/parameters.ts';
import { textIn } from '../../text-in.ts';

const isScalar = (value: unknown): boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

type Given = readonly [name: string, value: unknown];

/** `{ParameterKey, ParameterValue}`, with `UsePreviousValue` instead of a value, or `Name=value`; `undefined` for what is neither. */
const given = (one: unknown): Given | undefined => {
  if (typeof one === 'string') {
    const at = one.indexOf('=');
    return at > 0 ? [one.slice(0, at), one.slice(at + 1)] : undefined;
  }
  const { ParameterKey: name, ParameterValue: value, UsePreviousValue: isKept } = asRecord(one);
  if (typeof name !== 'string') return undefined;
  return [name, String(isKept) === 'true' ? keptValue : value];
};

/** Every value that the text gives; `undefined` where it has none of the forms. */
const allGiven = (read: unknown): readonly Given[] | undefined => {
  if (Array.isArray(read)) {
    const all = read.map(given);
    return all.every((one) => one !== undefined) ? all : undefined;
  }
  if (typeof read !== 'object' || read === null) return undefined;
  const values: unknown = Reflect.get(read, 'Parameters') ?? read;
  return typeof values === 'object' && values !== null && !Array.isArray(values)
    ? Object.entries(values)
    : undefined;
};

/** What CloudFormation takes, and what a pipeline fills in, such as `Fn::GetParam`: that is not known. */
const taken = (value: unknown): unknown => {
  if (value === keptValue || isScalar(value)) return value;
  if (Array.isArray(value) && value.every(isScalar)) return value.join(',');
  const [[name = ''] = []] = Object.entries(asRecord(value));
  return name.startsWith('Fn::') ? value : undefined;
};

const howWritten =
  'write {"Name": "value"}, or a list of {"ParameterKey": "Name", "ParameterValue": "value"}';

/**
 * The values of parameters in a file, as `aws cloudformation deploy --parameter-overrides` and CodePipeline take them:
 * `[{ParameterKey, ParameterValue}]`, `["Name=value"]`, `{Parameters: {…}}`, or a plain object.
 * https://github.com/aws/aws-cli/blob/v2/awscli/customizations/cloudformation/deploy.py
 */
export const givenParameters = async (file: string): Promise<Readonly<Record<string, unknown>>> => {
  const text = await textIn('--parameters', file);
  let read: unknown;
  try {
    read = parseJson(text);
  } catch (cause) {
    throw new UserError(`--parameters ${file} is no JSON; ${howWritten}`, { cause, file });
  }
  const refuse = (why: string): never => {
    throw new UserError(`--parameters ${file} ${why}`, { file });
  };
  const all = allGiven(read) ?? refuse(`gives no parameters; ${howWritten}`);
  const values = new Map<string, unknown>();
  for (const [name, written] of all) {
    if (values.has(name)) refuse(`gives ${name} twice`);
    values.set(name, taken(written) ?? refuse(`gives ${name} no text, number or boolean`));
  }
  return Object.fromEntries(values);
};
