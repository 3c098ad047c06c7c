import type { IamAction } from '../../model/calls.ts';
import {
  defineResourceType,
  type IdsIn,
  type Reader,
  type Ref,
} from '../../model/resource-type.ts';
import { rds } from '../../services/rds.ts';
import { only, tagsIn } from '../described.ts';
import { comparable } from './db-comparable.ts';
import { aboutListed, after, nextOf, sourceIdentifier } from './db-ids.ts';
import { isAutomated, isBeingTaken, restorableBy, unshared } from './db-sharing.ts';

type Calls = Readonly<
  Record<string, 'created' | 'deleted' | readonly ('snapshot' | 'attributes')[]>
>;
/** One page of snapshots, or those that a filter finds. */
interface Page<Snapshot> {
  readonly snapshots: readonly Snapshot[] | undefined;
  readonly Marker?: string | undefined;
}
type Asked =
  | { readonly MaxRecords: number; readonly Marker?: string }
  | { readonly Filters: { Name: string; Values: string[] }[] };

/** What differs between the snapshots of DB instances and those of DB clusters. */
interface Told<Type, Snapshot> {
  readonly type: Type;
  readonly securityHubType: string;
  readonly arn: (ref: Ref) => string;
  readonly gone: string;
  /** The calls on a snapshot, and where they write its identifier. */
  readonly calls: Calls;
  readonly idsIn: IdsIn;
  /** The call that deletes a database, which can leave a last snapshot, and where it names that. */
  readonly deletion: { readonly calls: Calls; readonly idsIn: IdsIn };
  /** Of the events of RDS itself. */
  readonly detailType: string;
  readonly actions: { readonly describe: IamAction; readonly describeAttributes: IamAction };
  /** The filter that finds one by its identifier. */
  readonly filter: string;
  describe(reader: Reader, asked: Asked): Promise<Page<Snapshot>>;
  attributesOf(reader: Reader, id: string): Promise<Parameters<typeof restorableBy>[0]>;
  /** Identifier, ARN and tags of one that was read. */
  about(snapshot: Snapshot): {
    readonly id: string | undefined;
    readonly arn: string | undefined;
    readonly tags: Parameters<typeof tagsIn>[0];
  };
}

/** A type of snapshots of RDS; the id of one is its identifier. */
export const snapshotType = <const Type extends `AWS::RDS::${string}`, Snapshot>(
  told: Told<Type, Snapshot>,
) => {
  const { arn, gone } = told;
  const { describe, describeAttributes } = told.actions;
  // By filter: an automated snapshot is not found by its identifier unless the call names its type as well.
  const read = async (reader: Reader, { id }: Ref): Promise<Snapshot> => {
    const Filters = [{ Name: told.filter, Values: [id] }];
    return only((await told.describe(reader, { Filters })).snapshots, gone);
  };
  const listed = (snapshot: Snapshot) => {
    const { id, arn: itsArn, tags } = told.about(snapshot);
    if (!id) return [];
    const facets = isAutomated(id) ? { snapshot, attributes: unshared } : { snapshot };
    return [{ id, facets, ...aboutListed(itsArn, tags) }];
  };
  return defineResourceType({
    type: told.type,
    scope: 'regional',
    securityHubType: told.securityHubType,
    live: {
      gone: [gone],
      settlesAfterSeconds: 60,
      unsettled: { facet: 'snapshot', while: isBeingTaken },
      announcements: [
        { via: 'cloudtrail', source: rds.eventSource, calls: told.calls, idsIn: told.idsIn },
        { via: 'cloudtrail', source: rds.eventSource, ...told.deletion },
        {
          // The only word of an automated snapshot, which nobody calls for.
          via: 'service',
          source: 'aws.rds',
          detailType: told.detailType,
          effect: ['snapshot', 'attributes'],
          idsIn: sourceIdentifier,
        },
      ],
      list: {
        actions: [describe],
        page: async (reader, token) => {
          const page = await told.describe(reader, { MaxRecords: 100, ...after(token) });
          return { resources: (page.snapshots ?? []).flatMap(listed), ...nextOf(page) };
        },
      },
    },
    ignoresCase: true,
    configurationItem: 'resourceId',
    arn,
    about: {
      actions: [describe],
      read: async (reader, ref) => {
        const { arn: itsArn, tags } = told.about(await read(reader, ref));
        return { arn: itsArn ?? arn(ref), tags: tagsIn(tags) };
      },
    },
    facets: {
      snapshot: { actions: [describe], read, comparable },
      /** Who may copy or restore it: account numbers, or `all`. */
      attributes: {
        actions: [describe, describeAttributes],
        read: async (reader, ref) => {
          if (isAutomated(ref.id)) {
            await read(reader, ref);
            return unshared;
          }
          return restorableBy(await told.attributesOf(reader, ref.id));
        },
        comparable,
      },
    },
  });
};
