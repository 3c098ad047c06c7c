import { defineResourceType, type Ref } from '../../model/resource-type.ts';
import { glue } from '../../services/glue.ts';
import { isOmitted } from '../../support/omitted.ts';
import { here } from '../account/here.ts';
import { textsAt } from '../ids.ts';
import { asData } from '../policy-text.ts';

const arn = (ref: Ref) => glue.arn('rootcatalog', ref);

/**
 * Glue's Data Catalog, of which an account has one in each region; its id is the region. CloudFormation has no type for it,
 * nor for its policy.
 */
export const dataCatalog = defineResourceType({
  type: 'Plumbline::Glue::DataCatalog',
  scope: 'regional',
  securityHubType: 'Other',
  live: {
    gone: [],
    settlesAfterSeconds: 20,
    announcements: [
      {
        via: 'cloudtrail',
        source: glue.eventSource,
        calls: { PutResourcePolicy: ['policy'], DeleteResourcePolicy: ['policy'] },
        hides: ['PutResourcePolicy'],
        // Another catalog's policy is put by its ARN: "Do not use. For internal use only" (ResourceArn).
        idsIn: (detail, account) => {
          const named = textsAt(detail, 'requestParameters', 'resourceArn');
          const isOwn = named.length === 0 || named.some((one) => /:catalog$/.test(one));
          return isOwn || isOmitted(detail) ? here(detail, account) : [];
        },
      },
    ],
    list: {
      actions: [],
      isEverywhere: true,
      leadsToOthers: true,
      page: async ({ region }) => ({ resources: [{ id: region }] }),
    },
  },
  arn,
  // It has no tags; what is in it can have some.
  about: { actions: [], read: async (_, ref) => ({ arn: arn(ref), tags: {} }) },
  facets: {
    /** Who may use what is in it; `undefined` where nobody has said. That of a single resource, by RAM, is another one. */
    policy: {
      actions: ['glue:GetResourcePolicy'],
      absent: ['EntityNotFoundException'],
      read: async (reader) => (await reader.call('glue', 'getResourcePolicy', {})).PolicyInJson,
      comparable: asData,
    },
  },
});
