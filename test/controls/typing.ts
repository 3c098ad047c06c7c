// What the compiler must refuse; checked by `npm run types`.

import { bucketBlocksPublicAccess } from '../../lib/controls/s3/bucket-blocks-public-access.ts';
import { type Control, defineControl, pass } from '../../lib/model/control.ts';
import { integer } from '../../lib/model/parameters.ts';
import type { AnyResourceType } from '../../lib/model/resource-type.ts';
import { s3Account } from '../../lib/resources/account/s3-account.ts';
import { s3Bucket } from '../../lib/resources/s3/s3-bucket.ts';

const base = {
  id: 'X.1',
  title: '',
  severity: 'LOW',
  rationale: '',
  standards: {},
  remediation: { advice: '' },
} as const;

export const control: Control = bucketBlocksPublicAccess;
export const type: AnyResourceType = s3Bucket;
export const ofTwoTypes: Control = defineControl([s3Bucket, s3Account], {
  ...base,
  needs: ['publicAccessBlock'],
  parameters: { days: integer({ default: 1, min: 1, max: 3 }) },
  evaluate: ({ publicAccessBlock }, { parameters }) =>
    publicAccessBlock?.BlockPublicAcls && parameters.days.toFixed() ? pass : pass,
});
export const noSuchFacet = defineControl(s3Bucket, {
  ...base,
  // @ts-expect-error no such facet
  needs: ['polcy'],
  evaluate: () => pass,
});
export const notAskedFor = defineControl(s3Bucket, {
  ...base,
  needs: ['publicAccessBlock'],
  // @ts-expect-error a facet that was not asked for
  evaluate: ({ accountPublicAccessBlock }) => (accountPublicAccessBlock ? pass : pass),
});
export const notInBoth = defineControl([s3Bucket, s3Account], {
  ...base,
  // @ts-expect-error a facet that one of the types lacks
  needs: ['accountPublicAccessBlock'],
  evaluate: () => pass,
});
export const noSuchParameter = defineControl(s3Bucket, {
  ...base,
  needs: ['publicAccessBlock'],
  // @ts-expect-error a parameter that it does not have
  evaluate: (_, { parameters }) => (parameters.days ? pass : pass),
});
