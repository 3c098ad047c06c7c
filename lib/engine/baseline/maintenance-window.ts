export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** A time of the week in which things may be done; `to` at or before `from` is on the next day. */
export interface MaintenanceWindow {
  /** The days on which it begins. */
  readonly days: readonly (typeof weekdays)[number][];
  /** `22:00`, in the time zone. */
  readonly from: string;
  readonly to: string;
  /** IANA's name, such as `Europe/Zurich`. */
  readonly timeZone: string;
}

export const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/** Weekday and time of day of a moment, as a clock in the time zone shows them. */
const clockAt = (at: Date, timeZone: string) => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return { day: part('weekday').toLowerCase(), time: `${part('hour')}:${part('minute')}` };
};

const isIn = ({ days, from, to, timeZone }: MaintenanceWindow, at: Date): boolean => {
  const { day, time } = clockAt(at, timeZone);
  const today = weekdays.map(String).indexOf(day);
  const begins = (index: number) => days.some((one) => one === weekdays[(index + 7) % 7]);
  if (from < to) return begins(today) && from <= time && time < to;
  return (begins(today) && from <= time) || (begins(today - 1) && time < to);
};

/** Whether a moment is in one of the windows; without any, every moment is. */
export const isInWindow = (windows: readonly MaintenanceWindow[], at: Date): boolean =>
  windows.length === 0 || windows.some((window) => isIn(window, at));

/** What is said at several levels: of each one has to be open. */
export interface Windows {
  readonly windows: readonly MaintenanceWindow[];
  readonly furtherWindows?: readonly (readonly MaintenanceWindow[])[];
}

/** Whether something may be done at a moment, by the windows of every level. */
export const isOpen = ({ windows, furtherWindows = [] }: Windows, at: Date): boolean =>
  [windows, ...furtherWindows].every((level) => isInWindow(level, at));

const quarterOfAnHour = 900_000;
/** The next moment at which something may be done, to the quarter of an hour; a week holds every window once. */
export const nextOpen = (windows: Windows, after: Date): Date | undefined => {
  const first = Math.ceil(after.getTime() / quarterOfAnHour) * quarterOfAnHour;
  for (let step = 0; step <= 7 * 96 + 1; step += 1) {
    const at = new Date(first + step * quarterOfAnHour);
    if (isOpen(windows, at)) return at;
  }
  return undefined;
};
