import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import { partitionOf } from './partition.ts';

/** Where a resource is. `partition` is given where the region is a CDK token; else it follows from the region. */
export interface ArnPlace {
  readonly partition?: string;
  readonly region: string;
  readonly account: string;
}

/** A kind of resource, under the name that the service authorization reference gives it. */
export interface Kind {
  /** `{partition}`, `{region}`, `{account}` and `{id}` stand for what differs. */
  readonly arn: `arn:{partition}:${string}`;
  /** CloudFormation's name of it. */
  readonly type?: `AWS::${string}::${string}`;
  /** The members of a request that name it, by id or by ARN. */
  readonly named?: readonly string[];
}

/** What a client is made with. */
export interface ClientSettings {
  readonly region: string;
  /** Overrides AWS_ENDPOINT_URL and the service's own address. */
  readonly endpoint?: string;
  readonly credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider;
  /** How it tries again, as the SDK names it. */
  readonly retryMode?: string;
  /** Tries of one call, the first included. */
  readonly maxAttempts?: number;
  readonly requestHandler?: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: boolean;
  };
}

/** Listing calls that are continued alike: by a field of the answer, which the next request gives in a member. */
export interface Paging {
  readonly tokens: readonly [answer: string, request: string];
  readonly operations: readonly string[];
}

/** A call that shows several resources at once, made where several are asked for by id at the same moment. */
export interface Together {
  readonly operation: string;
  /** The member of the request that names one, alone or as a list of one. */
  readonly names: string;
  readonly isList?: true;
  /** Where that member is a list of filters: the key of the one that names it. */
  readonly filter?: string;
  /** Ids of one call, where its answer has room for no more. @default - a hundred */
  readonly most?: number;
  /** What is not there is left out of an answer: it is not asked for alone. @default - the call fails for it */
  readonly leavesOut?: true;
  /** The request for all. */
  readonly all: (ids: readonly string[]) => object;
  /** Where the answer has them, and what is the id there. */
  readonly items: string;
  readonly id: string;
}

export interface Owned {
  readonly naming: string;
  readonly by: string;
  readonly but: readonly string[];
}

/** A request as it is sent: with the account that has to own what it names, where the service takes that. */
export const ownedBy = (
  account: string,
  { owned }: { readonly owned?: Owned },
  operation: string,
  input: object,
): object =>
  owned && Object.hasOwn(input, owned.naming) && !owned.but.includes(operation)
    ? { ...input, [owned.by]: account }
    : input;

interface Definition<Sdk, Client, Kinds, Pages, Source extends string> {
  /** The SDK's module, loaded when a client is first asked for. */
  readonly sdk: () => Promise<Sdk>;
  /** `address` is where calls go instead of AWS: it has no names of buckets or accounts before it. */
  readonly client: (sdk: Sdk, settings: ClientSettings, address: string | undefined) => Client;
  /** IAM's prefix, by which requests are signed as well unless `signsAs` says otherwise. */
  readonly iam: string;
  readonly signsAs?: string;
  /** What CloudTrail calls the service, and EventBridge after `aws.`. */
  readonly eventSource: `${Source}.amazonaws.com`;
  /**
   * Where AWS says that a read may show for a while what was before a write. @default - it says neither that nor that a
   * read follows a write
   */
  readonly showsInTheEnd?: `https://docs.aws.amazon.com/${string}`;
  readonly kinds: Kinds;
  /** The listing calls that are continued; a test holds their tokens to the SDK's paginators. */
  readonly pages: Pages;
  /** What can be asked for several at once. @default - nothing */
  readonly together?: readonly Together[];
  /**
   * How a request says who has to own the resource that it names, so that nothing of another account is read or changed:
   * the member that names it, the one that says so, and the operations that do not take it. @default - it cannot say so
   */
  readonly owned?: Owned;
  /** One endpoint for the world: CloudTrail logs its calls in us-east-1. */
  readonly isGlobal?: true;
  /** Operations that one region takes for all, whichever are governed. */
  readonly ofOneRegion?: RegExp;
  /** The IAM action of an operation where it is not called like it. */
  readonly actions?: Readonly<Record<string, string>>;
  /** CloudTrail's name of an operation where it is another. */
  readonly eventNames?: Readonly<Record<string, string>>;
  /** Operations on data, which a trail logs only where it is told to. */
  readonly dataCalls?: RegExp;
  /** Operations that CloudTrail marks read-only although their names do not show it. */
  readonly readOnly?: readonly string[];
}

/** The ARN of a resource whose kind is known by name only; throws where the service has none of that name. */
export const arnOf = (
  service: Pick<AnyService, 'kinds'> | undefined,
  kind: string,
  place: ArnPlace,
  id: string,
): string => {
  const form = service?.kinds[kind]?.arn;
  if (form === undefined) throw new Error(`no file of lib/services gives ${kind} an ARN`);
  return (
    form
      .replace('{partition}', place.partition ?? partitionOf(place.region))
      .replace('{region}', place.region)
      .replaceAll('{account}', place.account)
      // A function: an id may hold what `replace` takes for a pattern.
      .replace('{id}', () => id)
  );
};

const parts: Readonly<Record<string, string>> = {
  '{partition}': '[^:]+',
  '{region}': '[^:]*',
  '{account}': '[^:]*',
  '{id}': '(.+)',
};
/** The id in an ARN of a kind; undefined where it is no ARN of that kind. */
export const idIn = (service: Pick<AnyService, 'kinds'>, kind: string, arn: string) => {
  const form = service.kinds[kind]?.arn ?? '';
  const pattern = form.split(/(\{\w+\})/).map((part) => parts[part] ?? part.replace('*', '.*'));
  return new RegExp(`^${pattern.join('')}$`).exec(arn)?.[1];
};

/** All that is particular to one AWS service. Importing it loads no SDK. */
export const defineService = <
  Sdk,
  Client,
  const Kinds extends Readonly<Record<string, Kind>>,
  const Pages extends readonly Paging[],
  const Source extends string,
>(
  definition: Definition<Sdk, Client, Kinds, Pages, Source>,
) => ({
  ...definition,
  connect: async (settings: ClientSettings, address?: string): Promise<Client> =>
    definition.client(await definition.sdk(), settings, address),
  /** The ARN of a resource, or with `*` in it a pattern of several. */
  arn: <K extends keyof Kinds & string>(
    kind: K,
    place: ArnPlace,
    ...[id = '']: Kinds[K]['arn'] extends `${string}{id}${string}` ? [id: string] : []
  ): string => arnOf(definition, kind, place, id),
  /** The id of a resource that is named by its id or its ARN. */
  id: (kind: keyof Kinds & string, named: string): string => idIn(definition, kind, named) ?? named,
});

/** A service of which neither client, kinds nor calls are known by name. */
export type AnyService = Omit<
  Definition<object, never, Readonly<Record<string, Kind>>, readonly Paging[], string>,
  'client'
>;
