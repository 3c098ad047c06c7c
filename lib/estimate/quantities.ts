/**
 * Write units and requests of queues of one change, with rows as text. A test compares them with what
 * `npm run bench -- --only writes` counts.
 */
export const measured = {
  s3: { tableWrites: 11, queueRequests: 4 },
  ec2: { tableWrites: 27, queueRequests: 4 },
} as const;

type Measured = (typeof measured)[keyof typeof measured];
const meanOf = (quantity: keyof Measured): number => {
  const all = Object.values(measured).map((one) => one[quantity]);
  return all.reduce((sum, one) => sum + one, 0) / all.length;
};

/** What one change takes: counted, or a usual value where that is said. */
export const perChange = {
  tableWrites: meanOf('tableWrites'),
  queueRequests: meanOf('queueRequests'),
  tableReads: 4,
  /** Seconds of a function with 512 MB. */
  lambdaSeconds: 0.2,
  logBytes: 1000,
  /** Calls that read the resource. Each is a management event in its account. */
  readCalls: 7,
  /** At most: a finding is published only when its verdict or its reason changed. */
  findings: 1,
  /** A transition (kept for 90 days), and its line in the history (kept for 400). */
  tableBytes: 1000,
  historyBytes: 100,
  /** Size of an event in EventBridge. */
  eventBytes: 1500,
  /** Controls that it has evaluated. Other products bill each as a check. */
  controls: 5,
} as const;

/** Least share of the forwarded events that become a change. */
export const forwardedShare = 0.95;

/** Calls of a sweep of an empty region, with every control on. A test compares them with a real sweep. */
export const sweepCalls = { whole: 51, other: 1, daysBetween: 7 } as const;

export const idle = {
  queues: 3,
  pollers: 5,
  pollSeconds: 20,
  alarmMetrics: 16,
  ticks: 5800,
  tickSeconds: 1,
  logGigabytes: 0.1,
} as const;

export const lambdaGigabytes = 0.5;
export const secondsInMonth = 730 * 3600;
export const daysInMonth = 730 / 24;
export const daysKept = { table: 90, history: 400 } as const;
