import { z } from 'zod';
import { allowed, mapping, text, unique, whole } from './baseline-shapes.ts';
import { isMatchable } from './glob.ts';
import { isTimeZone, weekdays } from './maintenance-window.ts';
import { isRoleArn } from './protected-roles.ts';

/** How much a plan may do by itself. */
export const risk = z.enum(
  ['safe', 'disruptive'],
  allowed('safe, disruptive; destructive plans never run by themselves'),
);
const share = (fallback: number) =>
  z
    .number(allowed('a number above 0, at most 1'))
    .gt(0, allowed('a number above 0, at most 1'))
    .max(1, allowed('a number above 0, at most 1'))
    .default(fallback);
const time = () =>
  z
    .string(allowed('a time such as 22:00'))
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, allowed('a time such as 22:00'));
const timeZone = z
  .string(allowed('a time zone such as Europe/Zurich'))
  .refine(isTimeZone, allowed('a time zone such as Europe/Zurich'));

/** When something may be changed. */
export const window = mapping({
  days: unique(z.enum(weekdays, allowed(weekdays.join(', '))), (day) => day, 'days')
    .min(1, allowed(`at least one of ${weekdays.join(', ')}`))
    .default([...weekdays]),
  from: time(),
  to: time(),
  timeZone: timeZone.default('UTC'),
});
/** What limits the changes that are made without a person. */
export const remediation = mapping({
  risk: risk.default('safe'),
  holdHours: whole(1, 720, 24),
  suppressionDays: whole(1, 365, 30),
  flapping: mapping({ drifts: whole(2, 10, 3), hours: whole(1, 168, 24) }).prefault({}),
  breaker: mapping({
    perHour: whole(1, 1000, 20),
    share: share(0.1),
    atLeast: whole(1, 1000, 3),
    reserve: whole(0, 1000, 5),
    closesAfterMinutes: whole(5, 10_080, 60),
  }).prefault({}),
  windows: z.array(window, allowed('a list of windows')).default([]),
  deployRoles: unique(
    text('the ARN of a role that deploys, or a glob of them').refine(
      isMatchable,
      allowed('the ARN of a role that deploys, or a glob of them; this glob matches nothing'),
    ),
    (role) => role,
    'roles',
  ).default([]),
  protectedRoles: unique(
    text('the ARN of a role that is never changed; * and ? stand for others').refine(
      isRoleArn,
      allowed('the ARN of a role, in which * and ? stand for others'),
    ),
    (role) => role,
    'roles',
  ).default([]),
});
