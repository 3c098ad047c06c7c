import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { lambda } from '../../services/lambda.ts';
import { chunked } from '../../support/chunked.ts';
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

const aliasesOf = async (reader: Reader, { id: FunctionName }: Ref): Promise<readonly string[]> => {
  const names: string[] = [];
  for await (const { Aliases = [] } of reader.pages('lambda', 'listAliases', { FunctionName }))
    names.push(...Aliases.flatMap(({ Name = [] }) => Name));
  return names;
};

/** The numbered versions; `$LATEST` is the function itself. */
const versionsOf = async (reader: Reader, { id }: Ref): Promise<readonly string[]> => {
  const numbers: string[] = [];
  const asked = { FunctionName: id };
  for await (const { Versions = [] } of reader.pages('lambda', 'listVersionsByFunction', asked))
    numbers.push(...Versions.flatMap(({ Version = [] }) => Version));
  return numbers.filter((one) => one !== '$LATEST');
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
  for (const some of chunked(all, () => 0, { most: atOnce, mostBytes: 0 }))
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
          UpdateFunctionConfiguration: ['configuration', 'zones'],
          UpdateFunctionCode: ['configuration'],
          AddPermission: ['policy'],
          RemovePermission: ['policy'],
          CreateFunctionUrlConfig: ['url'],
          UpdateFunctionUrlConfig: ['url'],
          DeleteFunctionUrlConfig: ['url'],
          DeleteAlias: ['policy', 'url'],
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
          facets: { configuration: shown(one) },
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
    /** The permissions of the function, and of each of its aliases and versions, which others can invoke by number. */
    policy: {
      actions: [
        'lambda:GetPolicy',
        'lambda:ListAliases',
        'lambda:ListVersionsByFunction',
        'lambda:GetFunctionConfiguration',
      ],
      read: async (reader, ref) => {
        const named = await Promise.all([aliasesOf(reader, ref), versionsOf(reader, ref)]);
        const found = await ofEach(reader, ref, named.flat(), (asked) =>
          reader.call('lambda', 'getPolicy', asked),
        );
        return together(found.flatMap(({ Policy = [] }) => Policy));
      },
      comparable: bySid,
    },
    /** Its URL and those of its aliases, as far as they say who may call them. */
    url: {
      actions: [
        'lambda:GetFunctionUrlConfig',
        'lambda:ListAliases',
        'lambda:GetFunctionConfiguration',
      ],
      read: async (reader, ref) =>
        ofEach(reader, ref, await aliasesOf(reader, ref), async (asked) => {
          const { AuthType } = await reader.call('lambda', 'getFunctionUrlConfig', asked);
          return { alias: asked.Qualifier, authType: AuthType };
        }),
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
