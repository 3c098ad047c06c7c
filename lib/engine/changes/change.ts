import type { Ref, Where } from '../../model/resource-type.ts';

/** Somebody's call, or what AWS Config or a service says of it: identity, time and actor, never state. */
export interface EventCause {
  readonly kind: 'event';
  readonly via: 'cloudtrail' | 'config' | 'service';
  /** CloudTrail's eventID, or the EventBridge event's id. */
  readonly id: string;
  /** When it happened, ISO 8601. */
  readonly time: string;
  /** As IAM writes it, `s3:PutBucketPolicy`. */
  readonly call?: string;
  /** Who called: an ARN where the identity has one, else the account and the principal id in it, or the AWS service. */
  readonly by?: string;
  /** What kind of identity that is, as CloudTrail says it: `AssumedRole`. */
  readonly identity?: string;
  /** The account of who called. */
  readonly account?: string;
  /** AWS's own id of who called, which no other principal ever gets. */
  readonly principal?: string;
  /** ARN of who gave the session, the role with its path. */
  readonly issuer?: string;
  /** For whom it was called: a user of Identity Center, or the account of a product's provider. */
  readonly onBehalfOf?: string;
  /** Source address, or the AWS service that called. */
  readonly from?: string;
  readonly userAgent?: string;
  readonly invokedBy?: string;
  /** STS source identity of the session. */
  readonly sourceIdentity?: string;
  /** A call of one of our actions, as the ledger says. */
  readonly ours?: true;
  /**
   * It does not name the resource but reached it with others, and can have changed these of its facets. Absent where it
   * names the resource: then it is a suspect by that alone.
   */
  readonly reach?: readonly string[] | 'all';
  /** It is of a kind that names no resource: it is a suspect only where no other is known who named this one. */
  readonly vague?: true;
  /** It wrote the resource's own policy: of facets that it names not otherwise it is a suspect only once they are hidden. */
  readonly hides?: true;
  /** CloudTrail left out what it was called with, or what was answered: it may have named one resource. */
  readonly omitted?: true;
}
export type Cause =
  | EventCause
  | { readonly kind: 'settle'; readonly attempt: number }
  | { readonly kind: 'sweep' }
  /** An action was carried out; `at` is when its last call was answered. */
  | { readonly kind: 'verify'; readonly action: string; readonly at: string }
  | { readonly kind: 'review' };

/** The one message that everything becomes. */
export interface Change {
  readonly version: 1;
  readonly type: string;
  readonly ref: Ref;
  /** The facets that can have changed. */
  readonly facets: readonly string[] | 'all';
  readonly hint?: 'created' | 'deleted';
  readonly cause: Cause;
}

/** Every resource of one type is to be evaluated again; `lender` narrows it to those that borrow from it. */
export interface TypeChange {
  readonly version: 1;
  readonly sweep: string;
  readonly account: string;
  readonly region: string;
  readonly facets: readonly string[] | 'all';
  readonly lender?: { readonly type: string; readonly facet: string; readonly id: string };
  /**
   * Only how the internet comes to them is read again, of those that fail and hang on one of `through`, or on anything;
   * `sent` of them were on the pages before.
   */
  readonly reachable?: { readonly through?: readonly string[]; readonly sent: number };
  /** The id of what they came into being with; narrows it to those, and the event is theirs by that. */
  readonly with?: string;
  readonly cause: Cause;
  /** Where the listing goes on, and the number of its page, from 1. */
  readonly token?: string;
  readonly page?: number;
}

/** One region of an account is to be swept: whether as a whole is decided there. */
export interface PlaceSweep extends Where {
  readonly version: 1;
  readonly sweep: 'place';
}

/** CloudTrail's times have whole seconds: an event is up to this much younger than its time says. */
export const eventBlurMs = 1000;

/** One for each account and region. */
export const whereKey = ({ account, region }: Where): string => `${account}#${region}`;

export const keyOf = ({ type, ref }: Pick<Change, 'type' | 'ref'>): string =>
  `${whereKey(ref)}#${type}#${ref.id}`;
/** What such a key names. */
export const ofKey = (key: string): Pick<Change, 'type' | 'ref'> => {
  const [account = '', region = '', type = '', ...id] = key.split('#');
  return { type, ref: { account, region, id: id.join('#') } };
};

/** Facets of two changes together. */
export const union = (
  a: readonly string[] | 'all',
  b: readonly string[] | 'all',
): readonly string[] | 'all' => (a === 'all' || b === 'all' ? 'all' : [...new Set([...a, ...b])]);
