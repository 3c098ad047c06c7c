import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { ReadPolicy } from '../../model/read-policy.ts';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { lambda } from '../../services/lambda.ts';
import { inParts } from '../../support/chunked.ts';
import { plural } from '../../support/plural.ts';
import { named } from '../ids.ts';
import { asData } from '../policy-text.ts';

const arn = (ref: Ref) => lambda.arn('function', ref, ref.id);

/**
 * The name in what calls take for a function: its name, `<account>:function:<name>` or its ARN, each perhaps with a version
 * or an alias. Another account's function is not evaluated here.
 */
const functionName = (text: string, account: string): string | undefined => {
  const [, owner, name] =
    /^(?:arn:[^:]+:lambda:[^:]*:)?(?:(\d*):)?function:([^:]+)(?::.+)?$/.exec(text) ??
    /^(?:(\d{12}):)?([\w-]+)(?::.+)?$/.exec(text) ??
    [];
  return owner === undefined || owner === account ? name : undefined;
};

const gone = 'ResourceNotFoundException';

/** `undefined` where there is none; Lambda says so with the same words as of a function that is gone. */
const ifAny = async <T>(reader: Reader, ref: Ref, read: () => Promise<T>) => {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Error && error.name === gone)) throw error;
    await reader.call('lambda', 'getFunctionConfiguration', { FunctionName: ref.id });
    return undefined;
  }
};

interface Asked {
  readonly FunctionName: string;
  readonly Qualifier?: string;
}

/** How many of a listing are counted: a listing goes on by 50, and each page takes its time. */
const mostCounted = 500;

interface Names {
  readonly names: readonly string[];
  /** There are more. */
  readonly isCut: boolean;
}
const namesIn = async <P>(
  pages: AsyncIterable<P>,
  inPage: (page: P) => readonly string[],
): Promise<Names> => {
  const names: string[] = [];
  for await (const page of pages) {
    if (names.length >= mostCounted) return { names, isCut: true };
    names.push(...inPage(page));
  }
  return { names, isCut: false };
};

const aliasesOf = (reader: Reader, { id: FunctionName }: Ref): Promise<Names> =>
  namesIn(reader.pages('lambda', 'listAliases', { FunctionName }), ({ Aliases = [] }) =>
    Aliases.flatMap(({ Name = [] }) => Name),
  );

/** The numbered versions, the newest first; `$LATEST` is the function itself. */
const versionsOf = async (reader: Reader, { id }: Ref): Promise<Names> => {
  const asked = { FunctionName: id };
  const { names, isCut } = await namesIn(
    reader.pages('lambda', 'listVersionsByFunction', asked),
    ({ Versions = [] }) => Versions.flatMap(({ Version = [] }) => Version),
  );
  const numbered = names.filter((one) => one !== '$LATEST');
  return { names: numbered.toSorted((a, b) => Number(b) - Number(a)), isCut };
};

/** Aliases and versions that are looked at: a resource has to be read within seconds. */
const mostLookedAt = 50;

const countOf = ({ names, isCut }: Names, looked: number, one: string, many: string): string[] => {
  const count = names.length - looked;
  if (count <= 0 && !isCut) return [];
  return [`${isCut ? 'at least ' : ''}${plural(Math.max(count, 1), one, many)}`];
};

/** What is looked at, aliases before versions, and in words what is left out. */
const lookedAt = (aliases: Names, versions?: Names) => {
  const some = aliases.names.slice(0, mostLookedAt);
  const others = (versions?.names ?? []).slice(0, mostLookedAt - some.length);
  const leftOut = [
    ...countOf(aliases, some.length, 'alias', 'aliases'),
    ...(versions ? countOf(versions, others.length, 'version', 'versions') : []),
  ];
  return {
    qualifiers: [...some, ...others],
    leftOut: leftOut.length > 0 ? leftOut.join(' and ') : undefined,
  };
};

/** Lambda answers 15 requests for a policy a second, of the whole account and region. */
const atOnce = 5;

/** What is asked of the function itself, and of each of its qualifiers; the function itself first. */
const ofEach = async <T>(
  reader: Reader,
  ref: Ref,
  qualifiers: readonly string[],
  read: (asked: Asked) => Promise<T>,
): Promise<readonly T[]> => {
  const asked: Asked = { FunctionName: ref.id };
  const all = [asked, ...qualifiers.map((Qualifier) => ({ ...asked, Qualifier }))];
  const found: (T | undefined)[] = [];
  for (const some of inParts(all, atOnce))
    found.push(...(await Promise.all(some.map((one) => ifAny(reader, ref, () => read(one))))));
  return found.filter((one) => one !== undefined);
};

/** One policy of the statements of all; the resource of each names the version or alias that it is of. */
const together = (policies: readonly string[]): string | undefined => {
  const [first, ...others] = policies;
  return others.length === 0
    ? first
    : JSON.stringify({
        ...Object(asData(first)),
        Statement: policies.flatMap((one) => Object(asData(one)).Statement),
      });
};

/** What a function runs as; of its environment nothing, which often holds secrets. */
const shown = ({ PackageType, Runtime, VpcConfig }: FunctionConfiguration) => ({
  packageType: PackageType ?? 'Zip',
  runtime: Runtime,
  subnets: VpcConfig?.SubnetIds ?? [],
});

/** The versions of layers that it runs, as ARNs: code that stands beside its own. */
const layersIn = ({ Layers = [] }: FunctionConfiguration): readonly string[] =>
  Layers.flatMap(({ Arn = [] }) => Arn);

const configurationOf = async (reader: Reader, { id }: Ref) =>
  shown(await reader.call('lambda', 'getFunctionConfiguration', { FunctionName: id }));

/** The statements in one order: what is taken away and given back stands last. */
const bySid = (policy: unknown): unknown => {
  const { Statement, ...rest } = Object(asData(policy));
  const sidOf = (statement: unknown) => String(Object(statement).Sid);
  return Array.isArray(Statement)
    ? { ...rest, Statement: Statement.toSorted((a, b) => sidOf(a).localeCompare(sidOf(b))) }
    : policy;
};

/** A function of the account and region; its id is its name. */
export const lambdaFunction = defineResourceType({
  type: 'AWS::Lambda::Function',
  scope: 'regional',
  securityHubType: 'AwsLambdaFunction',
  live: {
    gone: [gone],
    settlesAfterSeconds: 20,
    announcements: [
      {
        via: 'cloudtrail',
        source: lambda.eventSource,
        isDated: true,
        calls: {
          CreateFunction: 'created',
          UpdateFunctionConfiguration: ['configuration', 'layers', 'zones'],
          UpdateFunctionCode: ['configuration'],
          AddPermission: ['policy'],
          RemovePermission: ['policy'],
          CreateFunctionUrlConfig: ['url'],
          UpdateFunctionUrlConfig: ['url'],
          DeleteFunctionUrlConfig: ['url'],
          DeleteAlias: ['policy', 'url', 'urlsLeftOut'],
          DeleteFunction: 'deleted',
        },
        idsIn: named({
          request: ['functionName'],
          response: ['functionArn', 'functionName'],
          idOf: functionName,
        }),
      },
    ],
    list: {
      actions: ['lambda:ListFunctions'],
      page: async (reader, token) => {
        const { Functions = [], NextMarker } = await reader.call(
          'lambda',
          'listFunctions',
          token === undefined ? {} : { Marker: token },
        );
        const resources = Functions.map((one) => ({
          id: one.FunctionName ?? '',
          facets: { configuration: shown(one), layers: layersIn(one) },
        }));
        return { resources, ...(NextMarker ? { next: NextMarker } : {}) };
      },
    },
  },
  configurationItem: 'resourceName',
  arn,
  about: {
    actions: ['lambda:ListTags'],
    read: async (reader, ref) => {
      const { Tags = {} } = await reader.call('lambda', 'listTags', { Resource: arn(ref) });
      return { arn: arn(ref), tags: Tags };
    },
  },
  facets: {
    configuration: {
      actions: ['lambda:GetFunctionConfiguration'],
      read: configurationOf,
    },
    layers: {
      actions: ['lambda:GetFunctionConfiguration'],
      read: async (reader, { id }) =>
        layersIn(await reader.call('lambda', 'getFunctionConfiguration', { FunctionName: id })),
    },
    /**
     * The permissions of the function, and of its aliases and versions, which others can invoke by number: of the newest,
     * where there are too many to look at.
     */
    policy: {
      actions: [
        'lambda:GetPolicy',
        'lambda:ListAliases',
        'lambda:ListVersionsByFunction',
        'lambda:GetFunctionConfiguration',
      ],
      read: async (reader, ref): Promise<ReadPolicy> => {
        const named = await Promise.all([aliasesOf(reader, ref), versionsOf(reader, ref)]);
        const { qualifiers, leftOut } = lookedAt(...named);
        const found = await ofEach(reader, ref, qualifiers, (asked) =>
          reader.call('lambda', 'getPolicy', asked),
        );
        const read = together(found.flatMap(({ Policy = [] }) => Policy));
        return leftOut === undefined ? read : { read, leftOut };
      },
      comparable: (value) => {
        const { read, leftOut } = Object(value);
        return leftOut === undefined ? bySid(value) : { read: bySid(read), leftOut };
      },
    },
    /** Its URL and those of its aliases, as far as they say who may call them. */
    url: {
      actions: [
        'lambda:GetFunctionUrlConfig',
        'lambda:ListAliases',
        'lambda:GetFunctionConfiguration',
      ],
      read: async (reader, ref) =>
        ofEach(reader, ref, lookedAt(await aliasesOf(reader, ref)).qualifiers, async (asked) => {
          const { AuthType } = await reader.call('lambda', 'getFunctionUrlConfig', asked);
          return { alias: asked.Qualifier, authType: AuthType };
        }),
    },
    /** In words the aliases of which it is not known whether they have a URL: `12 aliases`; `undefined` where there is none. */
    urlsLeftOut: {
      actions: ['lambda:ListAliases'],
      read: async (reader, ref) => lookedAt(await aliasesOf(reader, ref)).leftOut,
    },
    /** The Availability Zones of its subnets. */
    zones: {
      actions: ['lambda:GetFunctionConfiguration', 'ec2:DescribeSubnets'],
      read: async (reader, ref) => {
        const { subnets } = await configurationOf(reader, ref);
        if (subnets.length === 0) return [];
        const asked = { SubnetIds: [...subnets] };
        const { Subnets = [] } = await reader.call('ec2', 'describeSubnets', asked);
        return [
          ...new Set(Subnets.flatMap(({ AvailabilityZone = [] }) => AvailabilityZone)),
        ].sort();
      },
    },
  },
});
