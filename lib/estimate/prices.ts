/** A list price, without free tiers. */
export interface Price {
  /** US dollars for `per` units. */
  readonly usd: number;
  readonly per: number;
  readonly unit: string;
  /** The month in which the price was read on AWS's page; the year alone where it is known for that, and was not read there again. */
  readonly date: string;
  readonly source: string;
}
/** Prices by quantity: each counts from where the one before ends; the last has no end. */
export interface Tier {
  readonly upTo: number;
  readonly usd: number;
}

const of = (service: string) => `https://aws.amazon.com/${service}/pricing/`;
const million = 1_000_000;

/** List prices of us-east-1. Those of other regions differ by up to a half. */
export const prices = {
  forwardedEvent: {
    usd: 1,
    per: million,
    unit: 'events of 64 KB',
    date: '2026-06',
    source: of('eventbridge'),
  },
  transfer: {
    usd: 0.02,
    per: 1,
    unit: 'GB',
    date: '2026',
    source: 'https://aws.amazon.com/ec2/pricing/on-demand/',
  },
  queueRequest: { usd: 0.4, per: million, unit: 'requests', date: '2026', source: of('sqs') },
  invocation: { usd: 0.2, per: million, unit: 'invocations', date: '2026', source: of('lambda') },
  computing: {
    usd: 13.3334,
    per: million,
    unit: 'GB-s on arm64',
    date: '2026',
    source: of('lambda'),
  },
  tableWrite: {
    usd: 0.625,
    per: million,
    unit: 'write units',
    date: '2026',
    source: of('dynamodb'),
  },
  tableRead: { usd: 0.125, per: million, unit: 'read units', date: '2026', source: of('dynamodb') },
  tableStorage: {
    usd: 0.45,
    per: 1,
    unit: 'GB with its backups',
    date: '2026',
    source: of('dynamodb'),
  },
  storage: { usd: 0.023, per: 1, unit: 'GB', date: '2026', source: of('s3') },
  put: { usd: 5, per: million, unit: 'PUT requests', date: '2026', source: of('s3') },
  alarm: { usd: 0.1, per: 1, unit: 'metrics of alarms', date: '2026', source: of('cloudwatch') },
  logs: { usd: 0.5, per: 1, unit: 'GB of logs', date: '2026', source: of('cloudwatch') },
  key: { usd: 1, per: 1, unit: 'keys', date: '2026', source: of('kms') },
  keyRequest: { usd: 3, per: million, unit: 'requests', date: '2026', source: of('kms') },
  finding: {
    usd: 30,
    per: million,
    unit: 'findings beyond 10,000 an account and region',
    date: '2026',
    source: of('security-hub'),
  },
  guardedEvent: {
    usd: 4,
    per: million,
    unit: 'management events',
    date: '2026-06',
    source: of('guardduty'),
  },
  secondTrail: {
    usd: 20,
    per: million,
    unit: 'management events',
    date: '2026',
    source: of('cloudtrail'),
  },
  configItem: {
    usd: 3000,
    per: million,
    unit: 'configuration items',
    date: '2026',
    source: of('config'),
  },
} as const satisfies Readonly<Record<string, Price>>;
export type Priced = keyof typeof prices;

/** Of an account and region, a month: checks of Security Hub, and evaluations of AWS Config rules, cost the same. */
export const checkTiers: readonly Tier[] = [
  { upTo: 100_000, usd: 0.001 },
  { upTo: 500_000, usd: 0.0008 },
  { upTo: Number.POSITIVE_INFINITY, usd: 0.0005 },
];
export const checkSources = { securityHub: of('security-hub'), config: of('config'), date: '2026' };

/** What a quantity costs by tiers. */
export const tiered = (quantity: number, tiers: readonly Tier[]): number => {
  let from = 0;
  let usd = 0;
  for (const tier of tiers) {
    usd += Math.max(0, Math.min(quantity, tier.upTo) - from) * tier.usd;
    from = tier.upTo;
  }
  return usd;
};
