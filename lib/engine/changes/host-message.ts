import type { Where } from '../../model/resource-type.ts';
import { homeOf, type Place } from './place.ts';

/** A host that something is said of, and where it is. */
export interface HostAt {
  /** The id of its instance. */
  readonly host: string;
  /** @default - the home region of the account of Plumbline, as releases that audited no other say it */
  readonly where?: Where | undefined;
}

/** Where a message is of. */
export const whereOf = ({ where }: Pick<HostAt, 'where'>, place: Place): Where =>
  where ?? homeOf(place);

/** The place as a message says it: nothing for the home region. */
export const sayWhere = (
  { account, region }: Where,
  place: Pick<Place, 'account' | 'homeRegion'>,
): Pick<HostAt, 'where'> =>
  account === place.account && region === place.homeRegion ? {} : { where: { account, region } };

/** What the queue of results is told. */
export type HostMessage = HostAt &
  (
    | {
        readonly type: 'answered';
        readonly command: string;
        readonly document: string;
        readonly requestedAt: string;
      }
    | { readonly type: 'terminated' }
    /** A person's word on it counts from now on. */
    | { readonly type: 'review' }
    | { readonly type: 'silent'; readonly since: string }
    /** An action changes the host: its verdict is awaited from then on. */
    | { readonly type: 'awaited'; readonly action: string; readonly since: string }
    /** An action has to wait: it is to be asked for again. */
    | {
        readonly type: 'waits';
        readonly action: string;
        readonly controls: readonly string[];
        readonly askedBy: 'drift' | 'backlog';
        readonly since: string;
        readonly tries: number;
        /** What keeps it, for the log. */
        readonly why: string;
      }
    /** The answers to what the action sent should have come by now. */
    | { readonly type: 'overdue'; readonly action: string }
  );
