import { createHash } from 'node:crypto';
import type { SSM } from '@aws-sdk/client-ssm';
import { z } from 'zod';
import { Refusal } from '../security-hub/refusal.ts';

const parameter = z.object({
  type: z.enum(['String', 'StringList']),
  default: z.union([z.string(), z.array(z.string())]).optional(),
  allowedPattern: z.string().optional(),
  allowedValues: z.array(z.string()).optional(),
  minChars: z.number().optional(),
  maxChars: z.number().optional(),
  interpolationType: z.enum(['ENV_VAR']).optional(),
});
const step = z.object({
  action: z.string(),
  name: z.string(),
  precondition: z.object({ StringEquals: z.array(z.string()).length(2) }).optional(),
  inputs: z.object({
    runCommand: z.union([z.string(), z.array(z.string())]),
    timeoutSeconds: z.union([z.string(), z.number()]).optional(),
  }),
});
const command = z.object({
  schemaVersion: z.literal('2.2'),
  parameters: z.record(z.string(), parameter).default({}),
  mainSteps: z.array(step).min(1),
});
export type CommandDocument = z.infer<typeof command>;
export type DocumentStep = z.infer<typeof step>;
export type Values = Readonly<Record<string, readonly string[]>>;

export interface DocumentVersion {
  readonly name: string;
  readonly version: string;
  readonly document: CommandDocument;
  readonly sha256: string;
}

const refused = (code: string, message: string) => new Refusal(code, 400, message);
const invalidParameters = (message: string) => refused('InvalidParameters', message);

/** The version of a document that a caller asks for, as moto keeps it. */
export const documentVersion = async (
  ssm: SSM,
  Name: string,
  DocumentVersion = '$DEFAULT',
): Promise<DocumentVersion> => {
  // moto has no word for the default version.
  const wanted = DocumentVersion === '$DEFAULT' ? {} : { DocumentVersion };
  const found = await ssm.getDocument({ Name, ...wanted }).catch(() => undefined);
  if (!found) throw await whyAbsent(ssm, Name, DocumentVersion);
  // moto gives what CloudFormation has made as an object.
  const { Content = '' } = found;
  const content = typeof Content === 'string' ? Content : JSON.stringify(Content);
  const parsed = command.safeParse(JSON.parse(content));
  if (!parsed.success)
    throw refused(
      'InvalidDocument',
      `the local agent cannot run ${Name}: ${z.prettifyError(parsed.error)}`,
    );
  return {
    name: Name,
    version: found.DocumentVersion ?? '1',
    document: parsed.data,
    sha256: createHash('sha256').update(content).digest('hex'),
  };
};

const whyAbsent = async (ssm: SSM, Name: string, version: string) => {
  const exists = await ssm.getDocument({ Name }).catch(() => undefined);
  return exists
    ? refused('InvalidDocumentVersion', `The document version ${version} of ${Name} is not valid.`)
    : refused('InvalidDocument', `Document with name ${Name} does not exist.`);
};

/** What each parameter is for a command; refuses a command as SSM does before it reaches a host. */
export const valuesOf = ({ parameters }: CommandDocument, given: Values): Values => {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(parameters, name));
  if (unknown !== undefined)
    throw invalidParameters(`Parameter ${unknown} is not defined in the document.`);
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { default: preset, ...wanted }]) => {
      const values = given[name] ?? (preset === undefined ? undefined : [preset].flat());
      if (!values) throw invalidParameters(`Parameter ${name} is required.`);
      const fault = faultOf(wanted, values);
      if (fault !== undefined) throw invalidParameters(`Parameter ${name} ${fault}.`);
      return [name, values];
    }),
  );
};

const faultOf = (wanted: z.infer<typeof parameter>, values: readonly string[]) => {
  const { type, allowedPattern, allowedValues, minChars = 0, maxChars = Infinity } = wanted;
  if (type === 'String' && values.length !== 1) return 'takes one value';
  const pattern = allowedPattern === undefined ? undefined : new RegExp(`^(?:${allowedPattern})$`);
  for (const value of values) {
    if (pattern?.test(value) === false) return `does not match ${allowedPattern}`;
    if (allowedValues?.includes(value) === false) return `is none of ${allowedValues.join(', ')}`;
    if (value.length < minChars || value.length > maxChars)
      return `has ${value.length} characters, allowed are ${minChars} to ${maxChars}`;
  }
  return undefined;
};

/** Variables that a document's parameters are handed over in. */
export const variablesOf = ({ parameters }: CommandDocument, values: Values) =>
  Object.fromEntries(
    Object.entries(parameters)
      .filter(([, { interpolationType }]) => interpolationType === 'ENV_VAR')
      .map(([name]) => [`SSM_${name}`, values[name]?.join(',') ?? '']),
  );

/** A step's script: other parameters are pasted in where it names them. */
export const scriptOf = ({ inputs }: DocumentStep, values: Values): string => {
  const paste = (line: string) =>
    line.replace(/\{\{ *(\w+) *\}\}/g, (whole, name) => values[name]?.join('\n') ?? whole);
  return `${[inputs.runCommand].flat().map(paste).join('\n')}\n`;
};

// https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html
const presetSeconds = 3600;
export const secondsOf = ({ inputs }: DocumentStep): number => {
  const seconds = Number(inputs.timeoutSeconds ?? presetSeconds);
  return seconds >= 5 && seconds <= 172_800 ? seconds : presetSeconds;
};

/** Whether a step is for another platform than a host's: it is skipped there. */
export const isForOthers = ({ precondition }: DocumentStep): boolean => {
  const [one, other] = precondition?.StringEquals ?? [];
  return precondition !== undefined && (one !== 'platformType' || other !== 'Linux');
};
