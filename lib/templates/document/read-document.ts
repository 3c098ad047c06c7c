import { kept } from '../../support/once.ts';
import { UserError } from '../../support/user-error.ts';
import type { Document } from './document.ts';
import { readJson } from './json-document.ts';
import type { Reads } from './yaml-tags.ts';

/** CloudFormation takes 1 MB, and plans of Terraform of thousands of resources have some dozens. */
const mostYaml = 5_000_000;
const mostJson = 100_000_000;

/** A block of HCL, with its labels, and what Terraform writes of a plan for people. */
const blockOfHcl =
  /^(?:resource|data|module|provider|variable|output) "[^"\n]{1,200}"[^\n{]{0,200}\{/m;
const planForPeople =
  /^(?:(?:Terraform|OpenTofu) (?:used the selected|will perform)|Plan: \d+ to )/m;
/** Refuses, with what to do, what is often given in the place of a template or a plan. */
const refuseOther = (text: string, file: string): void => {
  const refuse = (why: string): never => {
    throw new UserError(`${file}: ${why}`);
  };
  if (text.startsWith('PK\u0003\u0004'))
    refuse(
      text.includes('tfplan')
        ? 'this may be a plan as Terraform keeps it; write it as JSON with terraform show -json'
        : 'this is a zip archive: unpack it, and check what is in it',
    );
  const isSource = /\.(?:tf|tofu|tfvars|hcl)$/.test(file);
  if (isSource || (!/^\s*[{[]/.test(text) && blockOfHcl.test(text)))
    refuse('sources of Terraform are not evaluated, but plans of them: terraform show -json');
  if (!/^\s*[{[]/.test(text) && planForPeople.test(text))
    refuse(
      'this is a plan as Terraform shows it to people; write it as JSON with terraform show -json',
    );
};

/** A text as JSON; `undefined` for what is none, of a size that YAML may have: YAML begins with a bracket too. */
export const jsonIn = (text: string, file: string): Document | undefined => {
  refuseOther(text, file);
  if (text.includes('\0')) throw new UserError(`${file}: this is no text`);
  const isJson = /^\s*[{[]/.test(text);
  const most = isJson ? mostJson : mostYaml;
  if (text.length > most)
    throw new UserError(
      `${file}: it is larger than ${most / 1_000_000} MB, which is the most that is read`,
    );
  if (isJson) {
    try {
      return readJson(text, file);
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
      if (text.length > mostYaml) throw new UserError(`${file}: this is no JSON`, { cause: error });
    }
  }
  return undefined;
};

/** Loaded with the first file that is none of JSON: to ask for it again with each of a thousand takes its time, too. */
const yaml = kept(() => import('./yaml-document.ts'));

/** Reads a text as JSON or YAML. Throws a sentence with file, line and column for what is neither. */
export const readDocument = async (text: string, file: string): Promise<Document> => {
  const json = jsonIn(text, file);
  if (json) return json;
  // Also tells where JSON is broken, which JSON.parse does not in every release.
  const { readYamlDocument } = await yaml();
  return readYamlDocument(text, file);
};

/** The same of a text that may hold several documents of YAML. */
export const readDocuments = async (
  text: string,
  file: string,
  reads?: Reads,
): Promise<readonly Document[]> => {
  const json = jsonIn(text, file);
  if (json) return [json];
  const { readYamlDocuments } = await yaml();
  return readYamlDocuments(text, file, reads);
};
