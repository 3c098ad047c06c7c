import { z } from 'zod';
import { didYouMean } from '../../support/nearest.ts';
import { allowed, mapping, text, unique } from './baseline-shapes.ts';

/** Each is made in the same fifteen minutes. */
const mostReports = 20;
/** A framework of somebody's own is a file beside the baseline. */
const isOwnFile = (name: string): boolean => /^[A-Za-z0-9][\w.-]{0,99}\.ya?ml$/.test(name);
/** Reports that are written by the clock, of frameworks that are built in or in a file beside the baseline. */
export const reports = (frameworks: readonly string[]) =>
  unique(
    mapping(
      {
        standard: z.custom<string>(
          (value) => typeof value === 'string' && (frameworks.includes(value) || isOwnFile(value)),
          {
            error: ({ input }) =>
              /\.ya?ml$/.test(String(input))
                ? 'allowed: a YAML file beside the baseline, by its name, such as house.yaml'
                : didYouMean(String(input), frameworks, `allowed: ${frameworks.join(', ')}`),
          },
        ),
        every: z.enum(['day', 'week', 'month'], allowed('day, week, month')),
        to: z
          .literal('bucket', allowed("bucket, which is one of the stack's own"))
          .default('bucket'),
      },
      'standard, every, to',
    ),
    ({ standard, every }) => `${standard} every ${every}`,
    'reports',
  )
    .refine((all) => all.length <= mostReports, allowed(`at most ${mostReports} reports`))
    .default([]);

const mostReportTags = 10;
/**
 * What a key of a tag is made of, but `=`, at which `--tag key=value` is cut.
 * https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
const tagKey = /^[\p{L}\p{N}\p{Z}_.:/+@-]{1,128}$/u;
/** The tags that are kept for reports, by their keys. */
export const reportTags = unique(
  text('the key of a tag').refine(
    (key) => tagKey.test(key),
    allowed('the key of a tag: at most 128 letters, digits, spaces and _ . : / + - @'),
  ),
  (key) => key,
  'keys of tags',
)
  .max(mostReportTags, allowed(`at most ${mostReportTags} keys of tags`))
  .default([]);
