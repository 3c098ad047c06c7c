/** A secret that is read, and rotated every 30 days. */
export const life = {
  created: '2026-01-01T00:00:00.000Z',
  deleted: undefined,
  lastAccessed: '2026-06-14T00:00:00.000Z',
} as const;
export const rotation = {
  isOn: true,
  owner: undefined,
  everyDays: 30,
  schedule: undefined,
  last: '2026-06-01T00:00:00.000Z',
  next: '2026-07-01T00:00:00.000Z',
} as const;
export const deleted = { ...life, deleted: '2026-06-10T00:00:00.000Z' } as const;
export const primaryRegion = undefined;

/** A replica, by whether its primary is evaluated. */
export const replicas = {
  'a replica, whose primary is evaluated': {
    given: { primaryRegion: 'eu-west-1' },
    regions: ['us-east-1', 'eu-west-1'],
    verdict: 'NOT_APPLICABLE',
    reason: /its primary in eu-west-1/,
  },
  'a replica, whose primary nobody evaluates': {
    given: { primaryRegion: 'eu-west-1' },
    regions: ['us-east-1'],
    verdict: 'UNKNOWN',
  },
} as const;
