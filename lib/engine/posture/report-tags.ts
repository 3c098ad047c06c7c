import { canonicalJson } from '../../support/canonical-json.ts';

/** By key, the value of a tag, or null where there is none. Of a key that is not in it nothing is known. */
export type TagValues = Readonly<Record<string, string | null>>;

/** Tags of the keys that `reportTags` of the baseline names. Reports are narrowed by them, and nothing else believes them. */
export interface ReportTags {
  /** When they were first read as they are, ISO 8601. */
  readonly since: string;
  /** Empty where they could not be read. */
  readonly values: TagValues;
}

/**
 * The longest value that AWS takes. One that is longer is not known: cut, it could be taken for another.
 * https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export const mostValueLength = 256;

/** The tags of these keys. @param tags `undefined` where they could not be read */
export const tagValuesOf = (
  tags: Readonly<Record<string, string>> | undefined,
  keys: readonly string[],
): TagValues =>
  Object.fromEntries(
    keys.flatMap((key): readonly (readonly [string, string | null])[] => {
      if (tags === undefined) return [];
      if (!Object.hasOwn(tags, key)) return [[key, null]];
      const value = tags[key];
      return value !== undefined && value.length <= mostValueLength ? [[key, value]] : [];
    }),
  );

/** What is known of tags after a reading. */
export const nextReportTags = (
  before: ReportTags | undefined,
  values: TagValues,
  readAt: string,
): ReportTags =>
  before && canonicalJson(before.values) === canonicalJson(values)
    ? before
    : { since: readAt, values };
