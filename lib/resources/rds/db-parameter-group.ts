import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { rds } from '../../services/rds.ts';
import { after, identifiersAt, nextOf, sourceIdentifier } from './db-ids.ts';
import { namedOnly, valuesOn } from './db-parameters.ts';

const arn = (ref: Ref) => rds.arn('pg', ref, ref.id);

/** What a DB parameter group holds of these parameters, at least one. */
export const parameterPages = (reader: Reader, group: string, names: readonly string[]) =>
  reader.pages('rds', 'describeDBParameters', { DBParameterGroupName: group, ...namedOnly(names) });

/** What a DB parameter group says of these parameters. */
export const parametersIn = async (reader: Reader, group: string, names: readonly string[]) =>
  names.length === 0 ? {} : valuesOn(parameterPages(reader, group, names), names);

/** A DB parameter group; its id is its name. No control evaluates it: it lends its parameters to DB instances. */
export const dbParameterGroup = defineResourceType({
  type: 'AWS::RDS::DBParameterGroup',
  scope: 'regional',
  securityHubType: 'Other',
  live: {
    gone: ['DBParameterGroupNotFound'],
    settlesAfterSeconds: 60,
    announcements: [
      {
        via: 'cloudtrail',
        source: rds.eventSource,
        calls: { ModifyDBParameterGroup: ['parameters'], ResetDBParameterGroup: ['parameters'] },
        idsIn: identifiersAt({
          request: ['dBParameterGroupName'],
          response: ['dBParameterGroupName'],
        }),
      },
      {
        via: 'service',
        source: 'aws.rds',
        detailType: 'RDS DB Parameter Group Event',
        effect: ['parameters'],
        idsIn: sourceIdentifier,
      },
    ],
    list: {
      actions: ['rds:DescribeDBParameterGroups'],
      isEverywhere: true,
      page: async (reader, token) => {
        const page = await reader.call('rds', 'describeDBParameterGroups', {
          MaxRecords: 100,
          ...after(token),
        });
        return {
          resources: (page.DBParameterGroups ?? []).flatMap(({ DBParameterGroupName: id }) =>
            id ? [{ id }] : [],
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
      actions: ['rds:DescribeDBParameters'],
      read: async (reader, { id }) =>
        valuesOn(
          reader.pages('rds', 'describeDBParameters', {
            DBParameterGroupName: id,
            Source: 'user',
            MaxRecords: 100,
          }),
        ),
    },
  },
});
