import { z } from 'zod';
import { checkSchema } from './check-schema.ts';
import {
  count,
  countsSchema,
  evidenceSchema,
  type RecordedResult,
  recordSchema,
  scanSchema,
  tagValues,
} from './record.ts';

const result = z.object({
  control: z.string(),
  title: z.string(),
  severity: z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']),
  file: z.string(),
  line: z.number().int().positive(),
  logicalId: z.string(),
  resourceType: z.string(),
  arn: z.string().optional(),
  region: z.string().optional(),
  status: z.enum(['FAIL', 'UNKNOWN', 'PASS', 'NOT_APPLICABLE']),
  reason: z.string().optional(),
  evidence: z.array(evidenceSchema).optional(),
  priority: z.string(),
  isReached: z.literal(true).optional(),
  priorityWhy: z.string(),
  exemption: z.object({ owner: z.string(), reason: z.string(), expires: z.string() }).optional(),
  reportTags: tagValues.optional(),
});

/** What a saved check says, as far as a report needs it. */
export const checkRecordSchema = z.object({
  schema: z.literal(checkSchema),
  at: z.iso.datetime(),
  plumbline: z.string(),
  baseline: z.string(),
  /** As which account and region the files were evaluated. */
  account: z.string(),
  region: z.string(),
  files: count,
  resources: count,
  /** Resources whose type is evaluated in an account and not in a file. */
  unanswered: count,
  isNarrowed: z.boolean(),
  counts: countsSchema,
  controls: z.record(z.string(), countsSchema),
  results: z.array(result),
  problems: z.array(z.object({ message: z.string() })),
  /** Where the baseline names tags for reports. */
  byTags: recordSchema.shape.byTags,
});
type CheckRecord = z.infer<typeof checkRecordSchema>;

const resultOf = (
  { logicalId, region, exemption, ...one }: z.infer<typeof result>,
  check: CheckRecord,
): RecordedResult => ({
  ...one,
  region: region ?? check.region,
  id: `${one.file}#${logicalId}`,
  arn: `${one.file}:${one.line} ${logicalId}`,
  ...(exemption ? { exemption: { control: one.control, resource: logicalId, ...exemption } } : {}),
});

/** What files declare, in the form of a scan: a type that they do not declare is not assessed. */
export const scanOfCheck = (check: CheckRecord): z.infer<typeof recordSchema> => {
  const { at, plumbline, baseline, account, region, resources, isNarrowed, files } = check;
  const { counts, controls, unanswered, problems, byTags } = check;
  return {
    schema: scanSchema,
    source: 'declared',
    at,
    plumbline,
    baseline,
    account,
    regions: [region],
    homeRegion: region,
    resources,
    isNarrowed,
    counts,
    controls,
    ...(byTags ? { byTags } : {}),
    results: check.results
      .filter(({ status }) => status === 'FAIL' || status === 'UNKNOWN')
      .map((one) => resultOf(one, check)),
    gaps: [
      `This is what ${files === 1 ? 'one file declares' : `${files} files declare`}, not what runs.`,
      ...(unanswered > 0
        ? [`${unanswered} of their resources are evaluated in an account only.`]
        : []),
      ...problems.map(({ message }) => `Not evaluated: ${message}`),
    ],
  };
};
