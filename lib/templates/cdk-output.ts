import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { record, text } from '../support/untyped.ts';
import { type Constructs, constructsIn } from './cdk-constructs.ts';
import type { Deployment } from './template.ts';

/** A stack that the CDK has synthesized. */
export interface CdkStack {
  readonly path: string;
  readonly deployment: Partial<Deployment>;
  readonly constructs: Constructs;
}
const deepest = 8;

/** A file beside another one; `undefined` for a name that leads out of the folder. */
export const beside = (folder: string, name: string | undefined): string | undefined =>
  name === undefined || name.startsWith('/') || normalize(name).startsWith('..')
    ? undefined
    : join(folder, name);

/** `aws://111122223333/eu-central-1`; a stack that can go anywhere says `unknown-account`. */
const placeIn = (environment: unknown): Partial<Deployment> => {
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(text(environment) ?? '') ?? [];
  return {
    ...(account !== undefined && /^\d{12}$/.test(account) ? { account } : {}),
    ...(region !== undefined && !region.startsWith('unknown') ? { region } : {}),
  };
};

type Tell = (path: string, why: string) => void;
const within = (folder: string, name: unknown, what: string, tell: Tell): string | undefined => {
  const path = beside(folder, text(name));
  if (path === undefined) tell(folder, `${what} leads out of the folder`);
  return path;
};

/**
 * The stacks of an output of the CDK, those of its stages among them; `undefined` where a folder is none.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/cloud-assembly-schema-readme.html
 */
export const cdkStacksIn = async (
  folder: string,
  tell: Tell,
  depth = 0,
): Promise<readonly CdkStack[] | undefined> => {
  const manifest = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => '');
  const read = jsonIn(manifest);
  if (read === undefined || depth > deepest) return undefined;
  const artifacts = record(record(read)['artifacts']);
  const stacks: CdkStack[] = [];
  let isAssembly = false;
  for (const [id, one] of Object.entries(artifacts)) {
    const { type, environment, properties, metadata, additionalMetadataFile } = record(one);
    const { templateFile, directoryName, stackName } = record(properties);
    isAssembly ||= /^(?:aws|cdk):/.test(text(type) ?? '');
    if (type === 'cdk:cloud-assembly') {
      const nested = within(folder, directoryName, `the folder ${directoryName} of ${id}`, tell);
      const inner = nested === undefined ? [] : await cdkStacksIn(nested, tell, depth + 1);
      if (!inner) tell(nested ?? folder, 'its manifest.json is not there, or is no JSON');
      stacks.push(...(inner ?? []));
    }
    if (type === 'aws:cloudformation:stack') {
      const path = within(folder, templateFile, `the template ${templateFile} of ${id}`, tell);
      const deployment = { ...placeIn(environment), stackName: text(stackName) ?? id };
      const more = await metadataIn(folder, additionalMetadataFile);
      const constructs = constructsIn({ ...record(metadata), ...more });
      if (path !== undefined) stacks.push({ path, deployment, constructs });
    }
  }
  return isAssembly ? stacks : undefined;
};

/** Large stacks have it in a file of its own. */
const metadataIn = async (folder: string, name: unknown): Promise<Record<string, unknown>> => {
  const path = beside(folder, text(name));
  if (path === undefined) return {};
  return record(jsonIn(await readFile(path, 'utf8').catch(() => '')));
};

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
