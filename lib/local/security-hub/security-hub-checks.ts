import { isRecord } from '../../support/untyped.ts';

/** What is wrong with a value, in the words Security Hub answers with; undefined where nothing is. */
export type Check = (value: unknown, path: string) => string | undefined;

export const text =
  (max: number, min = 1): Check =>
  (value, path) => {
    if (typeof value !== 'string') return `${path} should be string`;
    const { length } = [...value];
    if (length > max) return `${path} should NOT be longer than ${max} characters`;
    if (length < min) return `${path} should NOT be shorter than ${min} characters`;
    // Every NonEmptyString of the API has the pattern .*\S.*
    return min > 0 && value.trim() === '' ? `${path} should match pattern ".*\\S.*"` : undefined;
  };

export const matching = (pattern: string, max = 512): Check => {
  const expression = new RegExp(pattern, 'u');
  const length = text(max);
  return (value, path) =>
    length(value, path) ??
    (expression.test(String(value)) ? undefined : `${path} should match pattern "${pattern}"`);
};

export const oneOf = (allowed: Readonly<Record<string, string>>): Check => {
  const values: readonly unknown[] = Object.values(allowed);
  return (value, path) =>
    values.includes(value)
      ? undefined
      : `${path} should be equal to one of the allowed values (${values.join(', ')}), not ${JSON.stringify(value)}`;
};

export const integer =
  (min: number, max: number): Check =>
  (value, path) => {
    if (!Number.isInteger(value)) return `${path} should be integer`;
    return Number(value) < min || Number(value) > max
      ? `${path} should be from ${min} to ${max}`
      : undefined;
  };

// Formats: https://docs.aws.amazon.com/securityhub/1.0/APIReference/Welcome.html#timestamps
const iso8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d(:?\d\d)?)$/;
export const timestamp: Check = (value, path) =>
  typeof value === 'string' && iso8601.test(value) && !Number.isNaN(Date.parse(value))
    ? undefined
    : `${path} should match format "date-time", as 2026-01-31T23:00:00.123Z`;

export const list =
  (max: number, item: Check, min = 0): Check =>
  (value, path) => {
    if (!Array.isArray(value)) return `${path} should be array`;
    if (value.length > max) return `${path} should NOT have more than ${max} items`;
    if (value.length < min) return `${path} should NOT have fewer than ${min} items`;
    return first(value.map((entry, index) => item(entry, `${path}[${index}]`)));
  };

interface MapLimits {
  readonly pairs: number;
  readonly key: number;
  readonly value: number;
  readonly emptyValues?: boolean;
}
export const map = (limits: MapLimits): Check => {
  const key = text(limits.key);
  const content = text(limits.value, limits.emptyValues ? 0 : 1);
  return (value, path) => {
    if (!isRecord(value)) return `${path} should be object`;
    const pairs = Object.entries(value);
    if (pairs.length > limits.pairs)
      return `${path} should NOT have more than ${limits.pairs} properties`;
    return first(
      pairs.map(
        ([name, entry]) => key(name, `${path} key`) ?? content(entry, `${path}['${name}']`),
      ),
    );
  };
};

/** An object whose first `required` fields must be there; fields not listed pass. */
export const shape =
  (fields: Readonly<Record<string, Check>>, required = 0): Check =>
  (value, path) => {
    if (!isRecord(value)) return `${path} should be object`;
    const missing = Object.keys(fields)
      .slice(0, required)
      .find((name) => value[name] === undefined);
    if (missing !== undefined) return `${path} should have required property '${missing}'`;
    return first(
      Object.entries(fields).map(([name, check]) =>
        value[name] === undefined ? undefined : check(value[name], `${path}.${name}`),
      ),
    );
  };

const first = (faults: readonly (string | undefined)[]) =>
  faults.find((fault) => fault !== undefined);
