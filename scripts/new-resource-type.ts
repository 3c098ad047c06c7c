import { ResourceDetails$ } from '@aws-sdk/client-securityhub';
import { NormalizedSchema } from '@smithy/core/schema';
import type { AnyService } from '../lib/services/service.ts';
import { UserError } from '../lib/support/user-error.ts';
import { camelCase, type Found, findResourceTypes, findServices } from './catalogue.ts';
import { runScript, writeNew } from './scaffolding.ts';
import { askedOf } from './script-arguments.ts';

const usage = `Usage: npm run new-resource-type -- <CloudFormation type>

Writes a resource type with its test, to be filled in.

  npm run new-resource-type -- AWS::KMS::Key`;

interface Named {
  readonly type: string;
  readonly service: Found<AnyService>;
  readonly kind: string;
  /** `kms-key`, the file's name. */
  readonly file: string;
}

const namedBy = (type: string, services: readonly Found<AnyService>[]): Named => {
  const [, group = '', resource = ''] = type.split('::');
  if (resource === '') throw new UserError(usage);
  for (const service of services)
    for (const [kind, { type: known }] of Object.entries(service.value.kinds))
      if (known === type) {
        const words = resource.replace(/([a-z0-9])([A-Z])/g, '$1-$2');
        return { type, service, kind, file: `${group}-${words}`.toLowerCase() };
      }
  throw new UserError(
    `no kind in lib/services has type: '${type}'; give it to the kind that it is, after npm run new-service`,
  );
};

/** The name that findings give the type: one of Security Hub's own, else `Other`. */
const securityHubType = (type: string): string => {
  const names = Array.from(
    NormalizedSchema.of(ResourceDetails$).structIterator(),
    ([name]) => name,
  );
  const wanted = type.replaceAll('::', '').toLowerCase();
  return names.find((name) => name.toLowerCase() === wanted) ?? 'Other';
};

const typeText = ({ type, service: { name: service, value }, kind, file }: Named): string => {
  const member = value.kinds[kind]?.named?.[0] ?? 'id';
  const field = member.charAt(0).toLowerCase() + member.slice(1);
  return `import { defineResourceType, type Ref } from '../../model/resource-type.ts';
import { ${service} } from '../../services/${service}.ts';
import { named } from '../ids.ts';

const arn = (ref: Ref) => ${service}.arn('${kind}', ref, ref.id);

/** What it is, and what its id is. */
export const ${camelCase(file)} = defineResourceType({
  type: '${type}',
  scope: 'regional',
  securityHubType: '${securityHubType(type)}',
  live: {
    // The error codes that mean that it is not there.
    gone: [],
    settlesAfterSeconds: 20,
    announcements: [
      {
        via: 'cloudtrail',
        source: ${service}.eventSource,
        // Event names exactly as CloudTrail writes them: 'created', 'deleted', or the facets that can have changed.
        calls: {},
        idsIn: named({ request: ['${field}'] }),
      },
    ],
    list: {
      actions: [],
      page: async () => ({ resources: [] }),
    },
  },
  arn,
  about: {
    actions: [],
    read: async (_, ref) => ({ arn: arn(ref), tags: {} }),
  },
  facets: {},
});
`;
};

const testText = ({ service: { name: service }, file }: Named): string => {
  const name = camelCase(file);
  return `import { ${name} } from '../../../lib/resources/${service}/${file}.ts';
import { awsForTests, refOf } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';
import type { RecordedCalls } from '../recorded-calls.ts';

seesEveryFacet(${name});

/** Of the calls that tell of it, one of each group, as CloudTrail records it. */
export const recordedCalls: RecordedCalls = [];

type Facet = keyof typeof ${name}.facets;
const facets = Object.keys(${name}.facets);
const aws = awsForTests();
const made = { full: '', bare: '' };
const read = async (id: string, ...names: string[]) => {
  const reading = await aws.reader().read(${name}, refOf(id), names);
  return reading.gone ? 'gone' : reading.facets;
};

beforeAll(async () => {
  // Make one with every aspect set, and one with none.
  await aws.clients()('${service}');
}, 60_000);

describe('${file}', () => {
  it.each<[Facet, unknown]>([])('that has everything shows its %s', async (facet, value) => {
    expect(await read(made.full, facet)).toEqual({ [facet]: { value } });
  });

  it.each<[Facet, unknown]>([])('that has nothing shows no %s', async (facet, value) => {
    expect(await read(made.bare, facet)).toEqual({ [facet]: { value } });
  });

  it.each(facets)('that is not there is gone when its %s is read', async (facet) => {
    expect(await read('never-made', facet)).toBe('gone');
  });

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(${name}, 'example')).toEqual(
      Object.fromEntries([...facets, 'about'].map((facet) => [facet, denied])),
    );
  }, 60_000);

  it('tells its ARN and tags', async () => {
    expect(await read(made.full, 'about')).toEqual({ about: { value: { arn: '', tags: {} } } });
  });

  it('is listed', async () => {
    const { resources } = await ${name}.live.list.page(aws.reader(), undefined);
    expect(resources.map(({ id }) => id)).toContain(made.full);
  });
});
`;
};

/** Writes a resource type and its test; they compile, and fail until they are written. Returns their paths. */
export const scaffoldType = async (root: string, type: string): Promise<readonly string[]> => {
  const named = namedBy(type, await findServices(root));
  const known = (await findResourceTypes(root)).find(({ value }) => value.type === type);
  if (known) throw new UserError(`${type} is ${known.file} already`);
  return writeNew(
    root,
    new Map([
      [`lib/resources/${named.service.name}/${named.file}.ts`, typeText(named)],
      [`test/resources/${named.service.name}/${named.file}.test.ts`, testText(named)],
    ]),
  );
};

await runScript(import.meta.url, (root) => {
  const { positionals } = askedOf({}, usage, 1);
  return scaffoldType(root, positionals[0] ?? '');
});
