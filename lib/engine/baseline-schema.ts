import { z } from 'zod';
import type { Parameter } from '../controls/parameters.ts';
import type { Configurable } from './baseline.ts';
import { isMatchable } from './exemption.ts';
import { nearest } from './nearest.ts';

const allowed = (what: string) => ({ error: `allowed: ${what}` });
const flag = () => z.boolean(allowed('true or false')).default(false);
const text = (what = 'a text') =>
  z.string(allowed(what)).refine((value) => value.trim() !== '', allowed(what));

/** Keys that are not listed are refused. */
const mapping = <S extends z.core.$ZodShape>(shape: S, keys = Object.keys(shape).join(', ')) =>
  z.strictObject(shape, allowed(keys));

const unique = <T extends z.ZodType>(
  items: T,
  keyOf: (item: z.output<T>) => string,
  what: string,
) =>
  z.array(items, allowed(`a list of ${what}`)).superRefine((list, context) => {
    const seen = new Set<string>();
    for (const [index, item] of list.entries()) {
      const key = keyOf(item);
      if (seen.has(key))
        context.addIssue({ code: 'custom', path: [index], message: 'stands there already' });
      seen.add(key);
    }
  });

const inQuotes = (value: unknown): unknown => {
  if (typeof value === 'number') return String(value);
  return Array.isArray(value) ? value.map(inQuotes) : value;
};
const parameter = ({ accepts, allowed: what }: Parameter<unknown>) =>
  z
    .custom<unknown>(accepts, {
      error: ({ input }) => `allowed: ${what}${accepts(inQuotes(input)) ? ', in quotes' : ''}`,
    })
    .optional();

const mode = z
  .literal('observe', {
    error: ({ input }) =>
      input === 'plan' || input === 'remediate'
        ? 'remediation is not built yet; allowed: observe'
        : 'allowed: observe; a control is turned off by `enabled: false`',
  })
  .optional();

const noParameters = 'none, the control has no parameters';
const setting = ({ parameters = {} }: Configurable) =>
  mapping({
    enabled: z.boolean(allowed('true or false')).optional(),
    mode,
    parameters: mapping(
      Object.fromEntries(Object.entries(parameters).map(([name, each]) => [name, parameter(each)])),
      Object.keys(parameters).join(', ') || noParameters,
    ).optional(),
  }).optional();

const controlId = (ids: readonly string[]) =>
  z.enum(ids, {
    error: ({ input }) => {
      const near = nearest(String(input), ids);
      return near ? `did you mean ${near}?` : 'allowed: an id that `plumbline controls` lists';
    },
  });

const exemption = (ids: readonly string[]) =>
  mapping({
    control: controlId(ids),
    resource: text('an ARN, an id, or a glob of them').refine(
      isMatchable,
      allowed('an ARN, an id, or a glob of them; this glob matches nothing'),
    ),
    owner: text('who answers for it'),
    reason: text('why it may be so'),
    expires: z.iso.date(allowed('the last day on which it counts, such as 2027-01-31')),
  });

/** What `plumbline.yaml` may hold, as the catalogue allows it. */
export const schemaFor = (controls: readonly Configurable[]) => {
  const ids = controls.map(({ id }) => id);
  const presets = ['all', 'own', ...new Set(controls.flatMap((c) => Object.keys(c.standards)))];
  return mapping({
    homeRegion: z
      .literal('us-east-1', { error: 'this version is at home in us-east-1 only' })
      .default('us-east-1'),
    publish: z.enum(['all', 'failures'], allowed('all, failures')).default('all'),
    presets: unique(z.enum(presets, allowed(presets.join(', '))), (id) => id, 'presets').optional(),
    sensitivityTag: mapping({
      key: text('the key of a tag'),
      values: unique(text('a value of the tag'), (value) => value, 'values').min(
        1,
        allowed('at least one value'),
      ),
    }).optional(),
    controls: mapping(
      Object.fromEntries(controls.map((control) => [control.id, setting(control)])),
    ).default({}),
    exemptions: unique(
      exemption(ids),
      ({ control, resource }) => `${control} ${resource}`,
      'exemptions',
    ).default([]),
    configRules: flag(),
    dashboard: flag(),
  });
};
export type Settings = z.output<ReturnType<typeof schemaFor>>;
