import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Control } from '../lib/model/control.ts';
import type { AnyResourceType } from '../lib/model/resource-type.ts';
import { UserError } from '../lib/support/user-error.ts';
import { camelCase, type Found, findControls, findResourceTypes } from './catalogue.ts';

const usage = `Usage: npm run new-control -- <service> <what-must-hold> [--id <id>] [--type <resource type>]

  npm run new-control -- s3 bucket-logs-access --id S3.9 --type AWS::S3::Bucket`;

export interface NewControl {
  /** The folder below lib/controls. */
  readonly service: string;
  /** A statement that is true when compliant, in kebab case. */
  readonly name: string;
  /** The next free `PL.<SERVICE>.<n>` where it is not given. */
  readonly id?: string | undefined;
  /** The type that the service's controls judge, where they judge only one. */
  readonly type?: string | undefined;
}

const nextId = (service: string, taken: readonly string[]): string => {
  const prefix = `PL.${service.toUpperCase().replaceAll('-', '')}.`;
  const numbers = taken.flatMap((id) =>
    id.startsWith(prefix) ? Number(id.slice(prefix.length)) : [],
  );
  return `${prefix}${Math.max(0, ...numbers) + 1}`;
};

const typeFor = (
  { type, service }: NewControl,
  types: readonly Found<AnyResourceType>[],
  siblings: readonly Found<Control>[],
): Found<AnyResourceType> => {
  const usual = new Set(siblings.flatMap(({ value }) => value.resources.map((each) => each.type)));
  const wanted = type ?? (usual.size === 1 ? [...usual][0] : undefined);
  const found = types.find(({ value }) => value.type === wanted);
  if (found) return found;
  const known = types.map(({ value }) => value.type).join(', ');
  throw new UserError(`--type is ${wanted ?? `not clear from ${service}`}; allowed: ${known}`);
};

const sentence = (name: string): string => {
  const words = name.replaceAll('-', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};

const controlText = (name: string, id: string, type: Found<AnyResourceType>): string => {
  const [need = ''] = Object.keys(type.value.facets);
  return `import { defineControl, unknown } from '../../model/control.ts';
import { ${type.name} } from '../..${type.file.slice('lib'.length)}';

export const ${camelCase(name)} = defineControl(${type.name}, {
  id: '${id}',
  title: '${sentence(name)}',
  severity: 'MEDIUM',
  rationale: 'Why it matters, in one sentence.',
  standards: {},
  needs: ['${need}'],
  evaluate: () => unknown('not written yet'),
  remediation: { advice: 'What a person does to make it pass.' },
});
`;
};
const testText = (service: string, name: string): string =>
  `import { ${camelCase(name)} } from '../../../lib/controls/${service}/${name}.ts';
import { testControl } from '../harness.ts';

testControl(${camelCase(name)}, {
  rows: {
    'what is as it should be': { given: {}, verdict: 'PASS' },
    'what is not': { given: {}, verdict: 'FAIL' },
  },
});
`;

/** Writes a control and its test; they compile, and fail until they are written. Returns their paths. */
export const scaffold = async (root: string, wanted: NewControl): Promise<readonly string[]> => {
  const { service, name } = wanted;
  if (!/^[a-z][a-z0-9-]*$/.test(service)) throw new UserError(`${service} is no name of a service`);
  if (!/^[a-z0-9]+(-[a-z0-9]+)+$/.test(name))
    throw new UserError(`${name} is no statement in kebab case, such as bucket-logs-access`);
  const services = await findControls(root);
  const taken = [...services.values()].flat().map(({ value }) => value.id);
  const id = wanted.id ?? nextId(service, taken);
  const holder = [...services.values()].flat().find(({ value }) => value.id === id);
  if (holder) throw new UserError(`${id} is ${holder.file} already`);
  const type = typeFor(wanted, await findResourceTypes(root), services.get(service) ?? []);
  const files = new Map([
    [`lib/controls/${service}/${name}.ts`, controlText(name, id, type)],
    [`test/controls/${service}/${name}.test.ts`, testText(service, name)],
  ]);
  const existing = [...files.keys()].find((file) => existsSync(join(root, file)));
  if (existing) throw new UserError(`${existing} is there already`);
  for (const [file, text] of files) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
  return [...files.keys()];
};

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    options: { id: { type: 'string' }, type: { type: 'string' } },
    allowPositionals: true,
  });
  const [service, name, ...more] = positionals;
  if (!service || !name || more.length > 0) throw new UserError(usage);
  const root = fileURLToPath(new URL('..', import.meta.url));
  for (const file of await scaffold(root, { service, name, ...values })) console.log(file);
  console.log('Write them, then: npm run generate');
};

if (process.argv[1] === fileURLToPath(import.meta.url))
  main().catch((error: unknown) => {
    console.error(error instanceof UserError ? error.message : error);
    process.exitCode = 1;
  });
