import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { rds } from '../../services/rds.ts';
import { after, identifiersAt, nextOf } from './db-ids.ts';
import { namedOnly, valuesOn } from './db-parameters.ts';

const arn = (ref: Ref) => rds.arn('cluster-pg', ref, ref.id);

/** What a DB cluster parameter group holds of these parameters, at least one. */
export const clusterParameterPages = (reader: Reader, group: string, names: readonly string[]) =>
  reader.pages('rds', 'describeDBClusterParameters', {
    DBClusterParameterGroupName: group,
    ...namedOnly(names),
  });

/** What a DB cluster parameter group says of these parameters. */
export const clusterParametersIn = async (
  reader: Reader,
  group: string,
  names: readonly string[],
) => (names.length === 0 ? {} : valuesOn(clusterParameterPages(reader, group, names), names));

/** A DB cluster parameter group; its id is its name. No control evaluates it: it lends its parameters to DB clusters. */
export const dbClusterParameterGroup = defineResourceType({
  type: 'AWS::RDS::DBClusterParameterGroup',
  scope: 'regional',
  securityHubType: 'Other',
  live: {
    gone: ['DBParameterGroupNotFound', 'DBClusterParameterGroupNotFound'],
    settlesAfterSeconds: 60,
    announcements: [
      {
        via: 'cloudtrail',
        source: rds.eventSource,
        calls: {
          ModifyDBClusterParameterGroup: ['parameters'],
          ResetDBClusterParameterGroup: ['parameters'],
        },
        idsIn: identifiersAt({
          request: ['dBClusterParameterGroupName'],
          response: ['dBClusterParameterGroupName'],
        }),
      },
    ],
    list: {
      actions: ['rds:DescribeDBClusterParameterGroups'],
      isEverywhere: true,
      page: async (reader, token) => {
        const page = await reader.call('rds', 'describeDBClusterParameterGroups', {
          MaxRecords: 100,
          ...after(token),
        });
        return {
          resources: (page.DBClusterParameterGroups ?? []).flatMap(
            ({ DBClusterParameterGroupName: id }) => (id ? [{ id }] : []),
          ),
          ...nextOf(page),
        };
      },
    },
  },
  arn,
  about: { actions: [], read: async (_, ref) => ({ arn: arn(ref), tags: {} }) },
  facets: {
    /** The values that were set in it; a borrower asks for those that its engine has. */
    parameters: {
      actions: ['rds:DescribeDBClusterParameters'],
      read: async (reader, { id }) =>
        valuesOn(
          reader.pages('rds', 'describeDBClusterParameters', {
            DBClusterParameterGroupName: id,
            Source: 'user',
            MaxRecords: 100,
          }),
        ),
    },
  },
});
