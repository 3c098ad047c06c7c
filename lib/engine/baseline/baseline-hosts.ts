import { z } from 'zod';
import {
  allowed,
  controlMapping,
  flag,
  mapping,
  parametersOf,
  unique,
  whole,
} from './baseline-shapes.ts';
import type { Configurable } from './configurable.ts';

/** A host control as the baseline sees it. */
export type OnHost = Configurable & {
  readonly area: string;
  /** Evaluated only where its area is named. */
  readonly isAskedFor: boolean;
};
/** How the hosts of an account are audited. */
export interface HostSettings {
  readonly areas: readonly string[];
  readonly everyHours: number;
  /** Of the hosts that one command is sent to: a number, or a share in percent. */
  readonly maxConcurrency: string;
  readonly maxErrors: string;
  /** How many hosts a fix is tried on before the rest: a number, or a share in percent of those that are known. */
  readonly canary: string;
  /** How long they are left alone before it goes on to the rest. */
  readonly canaryMinutes: number;
}

const schedules = 'a rate from rate(1 hour) to rate(168 hours), or of 1 to 7 days';
const mostHours = 168;

/** Hours between two audits; undefined for what is no rate within reason. */
const hoursOf = (schedule: string): number | undefined => {
  const [, count, unit] = /^rate\(([1-9]\d{0,2}) (hour|day)s?\)$/.exec(schedule) ?? [];
  const hours = Number(count) * (unit === 'day' ? 24 : 1);
  return hours <= mostHours ? hours : undefined;
};
const schedule = z
  .string(allowed(schedules))
  .refine((value) => hoursOf(value) !== undefined, allowed(schedules));

const counts = (least: number) => `a number from ${least} to 50, or a share such as 10%`;
/** As SendCommand takes it; of the most hosts that one command is sent to. */
const countOrShare = (least: number) =>
  z
    .string(allowed(`${counts(least)}, in quotes`))
    .refine((value) => /^(\d{1,2}|[1-9]\d?%|100%)$/.test(value), allowed(counts(least)))
    .refine(
      (value) => value.endsWith('%') || (Number(value) >= least && Number(value) <= 50),
      allowed(counts(least)),
    );

const canaries = 'a number from 1 to 10, or a share from 1% to 50%, in quotes';
const canary = z
  .string(allowed(canaries))
  .refine(
    (value) => /^([1-9]|10|([1-9]|[1-4]\d|50)%)$/.test(value),
    allowed(canaries.replace(', in quotes', '')),
  );

/** `hosts: true`, or what differs from its defaults; off where it is not said. */
export const hosts = (controls: readonly OnHost[]) => {
  const areas = [...new Set(controls.map(({ area }) => area))];
  const common = areas.filter((area) =>
    controls.some((control) => control.area === area && !control.isAskedFor),
  );
  const shape = {
    areas: unique(z.enum(areas, allowed(areas.join(', '))), (area) => area, 'areas')
      .min(1, allowed(`at least one of ${areas.join(', ')}`))
      .default(common),
    schedule: schedule.default('rate(12 hours)'),
    maxConcurrency: countOrShare(1).default('25%'),
    maxErrors: countOrShare(0).default('50%'),
    canary: canary.default('10%'),
    // What waits for them longer than a day is given up.
    canaryMinutes: whole(0, 720, 30),
  };
  const keys = `${Object.keys(shape).join(', ')}, or true or false for all of it`;
  const meant = (value: unknown) => (value === true ? {} : value === false ? undefined : value);
  return z.preprocess(meant, mapping(shape, keys).optional());
};

const modes = z.enum(['observe', 'plan', 'remediate'], allowed('observe, plan, remediate'));
const risks = z.enum(['safe', 'disruptive'], allowed('safe, disruptive'));

/** Host controls are observed; what is wrong is planned, or put right, only where their own setting says so. */
export const hostSetting = ({ parameters = {} }: OnHost) =>
  controlMapping({
    enabled: z.boolean(allowed('true or false')).optional(),
    mode: modes.optional(),
    backlog: flag().optional(),
    risk: risks.optional(),
    parameters: parametersOf(parameters).optional(),
  }).optional();

type HostsSection = NonNullable<z.output<ReturnType<typeof hosts>>>;

export const hostSettings = ({ schedule: rate, ...rest }: HostsSection): HostSettings => ({
  ...rest,
  everyHours: hoursOf(rate) ?? mostHours,
});
