import { readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { kept } from '../support/once.ts';
import { asRecord, text } from '../support/untyped.ts';
import { type Constructs, constructsIn, isSaidIn } from './cdk-constructs.ts';
import type { Deployment } from './template.ts';

/** A stack that the CDK has synthesized. */
export interface CdkStack {
  readonly path: string;
  readonly deployment: Partial<Deployment>;
  readonly constructs: Constructs;
}
const deepest = 8;
const unread = 'its manifest.json is not there, or is no JSON';

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
export const cdkStacksIn = (
  folder: string,
  tell: Tell,
  depth = 0,
): readonly CdkStack[] | undefined => {
  const read = jsonIn(textAt(join(folder, 'manifest.json')));
  if (read === undefined || depth > deepest) {
    // The CDK writes this file beside the manifest of each output.
    if (depth === 0 && textAt(join(folder, 'cdk.out')) !== '') tell(folder, unread);
    return undefined;
  }
  const artifacts = asRecord(asRecord(read)['artifacts']);
  const stacks: CdkStack[] = [];
  let isAssembly = false;
  for (const [id, one] of Object.entries(artifacts)) {
    const { type, environment, properties, metadata, additionalMetadataFile } = asRecord(one);
    const { templateFile, directoryName, stackName } = asRecord(properties);
    isAssembly ||= /^(?:aws|cdk):/.test(text(type) ?? '');
    if (type === 'cdk:cloud-assembly') {
      const nested = within(folder, directoryName, `the folder ${directoryName} of ${id}`, tell);
      const inner = nested === undefined ? [] : cdkStacksIn(nested, tell, depth + 1);
      if (!inner) tell(nested ?? folder, unread);
      stacks.push(...(inner ?? []));
    }
    if (type === 'aws:cloudformation:stack') {
      const path = within(folder, templateFile, `the template ${templateFile} of ${id}`, tell);
      const deployment = { ...placeIn(environment), stackName: text(stackName) ?? id };
      const constructs = constructsOf(
        asRecord(metadata),
        beside(folder, text(additionalMetadataFile)),
      );
      if (path !== undefined) stacks.push({ path, deployment, constructs });
    }
  }
  return isAssembly ? stacks : undefined;
};

const textAt = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/**
 * What the CDK says of constructs, for large stacks in a file of its own. That is twice as large as the template and says little of
 * what is asked for: it is made out only where something is asked that it says.
 */
const constructsOf = (
  metadata: Readonly<Record<string, unknown>>,
  path: string | undefined,
): Constructs => {
  if (path === undefined) return constructsIn(metadata);
  const says = isSaidIn(textAt(path));
  const own = constructsIn(metadata);
  const whole = kept(() => constructsIn({ ...metadata, ...asRecord(jsonIn(textAt(path))) }));
  const acknowledging = says.acknowledgements ? whole() : own;
  return {
    pathOf: (logicalId) => whole().pathOf(logicalId),
    templateOf: (logicalId) => whole().templateOf(logicalId),
    madeAt: (at) => (says.traces ? whole() : own).madeAt(at),
    acknowledged: acknowledging.acknowledged,
    acknowledgements: acknowledging.acknowledgements,
  };
};

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
