import type { IamAction, Input, Operation, Output, PagedOperation, Service } from './calls.ts';
import type { WaysIn } from './ways-in.ts';

/** A 12-digit account and one of its regions: what clients, readers and Security Hub are chosen by. */
export interface Where {
  readonly account: string;
  readonly region: string;
}

/** One resource: where it is (the home region unless its scope is regional), and the id of its type. */
export interface Ref extends Where {
  readonly id: string;
}

/** Another account that is governed, or was until it ended. */
export interface MemberKnown {
  readonly id: string;
  /** Why nobody can enter it, as Organizations says: `SUSPENDED`, `PENDING_CLOSURE`, `CLOSED`, or `LEFT`. @default - it is active */
  readonly ended?: { readonly state: string; readonly name: string; readonly at: string };
}

/** Reads AWS for one account and region. Identical calls within one batch are made once. Throws what the SDK throws. */
export interface Reader extends Where {
  call<S extends Service, O extends Operation<S>>(
    service: S,
    operation: O,
    input: Input<S, O>,
  ): Promise<Output<S, O>>;
  /** Every page of a listing call, in order. */
  pages<S extends Service, O extends PagedOperation<S>>(
    service: S,
    operation: O,
    input: Input<S, O>,
  ): AsyncIterable<Output<S, O>>;
  /** Reads another region of the account. Throws where nothing says how. */
  elsewhere(region: string): Reader;
  /** Reads in another account. @default - whoever reads enters none */
  readonly within?: ((where: Where) => Reader) | undefined;
  /** Other accounts that are governed, as whoever reads knows them. @default - the deployed stack says them */
  readonly members?: readonly MemberKnown[] | undefined;
  /** Another resource's facet, for a facet that is borrowed. */
  facet<R extends AnyResourceType, F extends keyof R['facets'] & string>(
    type: R,
    ref: Ref,
    facet: F,
  ): Promise<Value<R['facets'][F]>>;
}

/** One separately readable aspect of a resource. */
export interface Facet<V = unknown> {
  /** What reading it takes; the evaluator's role is the union of these. */
  readonly actions: readonly IamAction[];
  /** AWS error codes that mean "not set": the value is then `undefined`. */
  readonly absent?: readonly string[];
  /** @param setting of the baseline, where the facet asks for one */
  read(reader: Reader, ref: Ref, setting?: unknown): Promise<V>;
  /** The parameter that decides what a plan has to look at: a resource that only the baseline names. */
  readonly parameter?: string;
  /** What of the value only a change of the resource changes: without ids and times that AWS assigns. */
  comparable?(value: unknown): unknown;
  /** The facet of another type that this one shows: its change is a change of each borrower. */
  readonly borrowedFrom?: readonly Lender[];
}
/** A facet that no call reads: the resource itself tells it, now and then. */
export interface ReportedFacet {
  /** Who tells it, for the reason of a verdict that lacks it. */
  readonly reportedBy: string;
  readonly actions: readonly [];
  readonly absent?: never;
  readonly read?: never;
  readonly comparable?: never;
  readonly borrowedFrom?: never;
}
export interface Lender {
  readonly type: string;
  readonly facet: string;
  /** Whether a listed resource borrows from this lender; all of them where it is not given. */
  readonly isBorrowedBy?: (lenderId: string, listed: Listed) => boolean;
  /** It is borrowed in the other governed regions, and not in its own: what AWS copies there. */
  readonly inOtherRegions?: true;
}
export type Value<F> = F extends { read(...args: never[]): Promise<infer V> }
  ? F extends { readonly absent: readonly string[] }
    ? V | undefined
    : V
  : F extends ReportedFacet
    ? unknown
    : never;
export type Facets = Readonly<Record<string, Facet | ReportedFacet>>;

/** What a finding says of the resource beside its verdict. */
export interface About {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** `created` and `deleted` are hints; else the facets that can have changed. */
export type Effect<F extends string = string> = 'created' | 'deleted' | readonly F[];

/** The part of a CloudTrail record, or of a service event's detail, that says which resource changed. */
export interface EventDetail {
  readonly eventName?: string;
  readonly requestParameters?: unknown;
  readonly responseElements?: unknown;
  readonly [key: string]: unknown;
}

/** Ids of the resources that an event names; `all` where it cannot say which: the type is then swept. */
export type IdsIn = (detail: EventDetail, account: string) => readonly string[] | 'all';

export type Announcement<F extends string = string> =
  | {
      readonly via: 'cloudtrail';
      /** `any` where AWS does not say which service CloudTrail names: the call is then told by its name alone. */
      readonly source: `${string}.amazonaws.com` | 'any';
      /** Event names exactly as CloudTrail writes them. */
      readonly calls: Readonly<Record<string, Effect<F>>>;
      /** CloudTrail writes the version of the API after them, in one of several forms: `AddPermission20150331v2`. */
      readonly isDated?: true;
      readonly idsIn: IdsIn;
      /** Such a call changes nothing that was there before; what it makes brings these resources along. */
      readonly comesWith?: ComesWith;
      /** The region of what it names, where the call was made in another. */
      readonly regionIn?: (detail: EventDetail) => string | undefined;
      /** Such a call changes what there is in every region, whichever it was made in: a trail logs in several. */
      readonly isEverywhere?: true;
      /** Those of the calls that write the resource's own policy, which can keep any of its facets from whoever reads it. */
      readonly hides?: readonly string[];
    }
  | {
      readonly via: 'service';
      readonly source: `aws.${string}`;
      readonly detailType: string;
      readonly effect: Effect<F>;
      readonly idsIn: IdsIn;
    };

/** What comes into being with something of another kind, such as a VPC, that an event names. */
export interface ComesWith {
  /** The id of that; `undefined` where the event does not say it, or made nothing. */
  readonly idIn: (detail: EventDetail) => string | undefined;
  /** Whether a listed resource came with it. */
  readonly has: (id: string, listed: Listed) => boolean;
}

/** One resource as a listing shows it, with the facets that the listing already gives. */
export interface Listed<V = Readonly<Record<string, unknown>>> {
  readonly id: string;
  readonly facets?: V;
  /** Where the listing tells ARN and tags as well. */
  readonly about?: About;
}
export interface Page<V = Readonly<Record<string, unknown>>> {
  readonly resources: readonly Listed<V>[];
  /** Continues the listing; absent on the last page. */
  readonly next?: string;
}

export interface Held {
  readonly actions: readonly IamAction[];
  by(reader: Reader, ref: Ref): Promise<boolean>;
}

/** What AWS itself tells of the resources of a type: which there are, what changes one, when a read shows it. */
export interface Live<F extends Facets = Facets> {
  /** AWS error codes that mean that the resource itself is gone. */
  readonly gone: readonly string[];
  /**
   * Whether the account holds the resource in the region, asked where a read is denied: AWS refuses what is of another
   * account as it refuses what may not be read. @default - what is denied is the account's
   */
  readonly held?: Held;
  /** Seconds after which a read is trusted to show a change: it is evaluated again then. */
  readonly settlesAfterSeconds: number;
  /** A state that AWS is still changing: evaluated again until it is over. */
  readonly unsettled?: {
    readonly facet: keyof F & string;
    while(value: unknown): boolean;
  };
  /** What changes it and no event of the account tells, in a sentence for its documentation. @default - nothing that is known */
  readonly unheard?: string;
  readonly announcements: readonly Announcement<keyof F & string>[];
  readonly list: {
    readonly actions: readonly IamAction[];
    /** AWS itself makes some in every region: that there are some says nothing of whether it is used. */
    readonly isEverywhere?: true;
    /**
     * Each has a network interface in its account for as long as it is there: where an account has none in a region, there is
     * none of these. AWS's services keep theirs until the resource is deleted:
     * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html
     */
    readonly hasInterface?: true;
    /**
     * It lets others in to what else is in the region: where an account has nothing there, it lets nobody in to anything, and
     * it is listed once there is something.
     */
    readonly leadsToOthers?: true;
    /** The type that each of these is part of: where an account has none of that in a region, there is none of these. */
    readonly partOf?: string;
    page(
      reader: Reader,
      token: string | undefined,
    ): Promise<Page<{ readonly [K in keyof F]?: Value<F[K]> }>>;
  };
}

/** Calls of one service that can open or close a way to a resource without naming it. */
export interface WayAnnouncement {
  readonly source: `${string}.amazonaws.com`;
  readonly calls: readonly string[];
  /** Which of what ways hang on they name; `all` where they name nothing of it. */
  readonly idsIn: IdsIn;
}

/** How the internet can come to a resource: for the order and the detail of what fails, and never for a verdict. */
export interface Reachable extends Omit<Facet<WaysIn>, 'borrowedFrom'> {
  readonly announcements: readonly WayAnnouncement[];
}

/** What a resource is: its identity, and its facets with how each is read. */
export interface ResourceType<F extends Facets = Facets> {
  /** CloudFormation's name, or an open one of ours. */
  readonly type: `AWS::${string}::${string}` | `Plumbline::${string}` | `Host::${string}`;
  /**
   * Where it is evaluated. `regional`: where it is. All else in the home region: what is `global` is heard of there alone,
   * as is what stands where Plumbline stands (`home`); what an `account` has once can be changed from every region.
   */
  readonly scope: 'regional' | 'global' | 'account' | 'home';
  /** The resource type that a Security Hub finding gives it. */
  readonly securityHubType: string;
  /** AWS takes the ids in any case: they are kept in lower case, or one resource would have two rows. */
  readonly ignoresCase?: true;
  /** Which field of an AWS Config item holds our id; absent where Config does not record the type. */
  readonly configurationItem?: 'resourceId' | 'resourceName' | 'ARN';
  /** What AWS Config calls the type, where that is not what CloudFormation does. @default - `type` */
  readonly configTypes?: readonly string[];
  /** The ARN where it follows from the reference alone; else `about` is read for it. */
  arn?(ref: Ref): string;
  readonly live: Live<F>;
  /** It reports its state by itself, now and then: nothing announces a change, and no sweep reads it. */
  readonly selfReported?: true;
  /** ARN and tags: read for a FAIL, and where the ARN is not known. */
  readonly about: Facet<About>;
  /** Read where it fails. @default - nothing on the network leads to it */
  readonly reachable?: Reachable;
  readonly facets: F;
}
/** What AWS Config calls a type; nothing where it does not record it. */
export const configTypesOf = ({
  type,
  configurationItem,
  configTypes = [type],
}: Pick<ResourceType, 'type' | 'configurationItem' | 'configTypes'>): readonly string[] =>
  configurationItem === undefined ? [] : configTypes;

/** The same for facets that are not known by name. */
export interface AnyLive extends Omit<Live, 'announcements' | 'list' | 'unsettled'> {
  readonly unsettled?: { readonly facet: string; while(value: unknown): boolean };
  readonly announcements: readonly Announcement[];
  readonly list: {
    readonly actions: readonly IamAction[];
    readonly isEverywhere?: true;
    readonly hasInterface?: true;
    readonly leadsToOthers?: true;
    readonly partOf?: string;
    page(reader: Reader, token: string | undefined): Promise<Page>;
  };
}
/** A resource type whose facets are not known by name; what the engine works with. */
export interface AnyResourceType extends Omit<ResourceType, 'live'> {
  readonly live: AnyLive;
}
export const defineResourceType = <const F extends Facets>(type: ResourceType<F>) => type;
