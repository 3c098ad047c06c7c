import { driftsWithin, isDrift } from '../../../lib/engine/posture/drift.ts';
import { event, life, type Read, type Settings, start } from '../../fakes/row-life.ts';

const nameless = (seconds: number) => {
  const { by: _, call: __, ...config } = event(seconds, { via: 'config', id: `config-${seconds}` });
  return config;
};
const ours = (seconds: number) => event(seconds, { ours: true, id: `ours-${seconds}` });
/** An action on the resource that began so many seconds from the start. */
const action = (id: string, seconds: number) => ({
  id,
  controls: ['T.1'],
  startedAt: new Date(start + seconds * 1000).toISOString(),
});
const day = 86_400;

type Step = readonly [seconds: number, read: Read];
interface Story {
  readonly steps: readonly Step[];
  readonly settings?: Settings;
  /** What the last step asks for. */
  readonly asks: 'drift' | 'backlog' | undefined;
}

const pass: Step = [0, { status: 'PASS' }];
const stories: Record<string, Story> = {
  'a transition from PASS, at once though it has not settled': {
    steps: [pass, [10, { status: 'FAIL', events: [event(9)], settle: 20 }]],
    asks: 'drift',
  },
  'a transition from NOT_APPLICABLE': {
    steps: [
      [0, { status: 'NOT_APPLICABLE' }],
      [10, { status: 'FAIL', events: [event(9)] }],
    ],
    asks: 'drift',
  },
  'a transition that an early read missed and the settle found': {
    steps: [
      pass,
      [10, { status: 'PASS', events: [event(9)], settle: 20 }],
      [30, { status: 'FAIL' }],
    ],
    asks: 'drift',
  },
  'a transition that a sweep found': {
    steps: [pass, [day, { status: 'FAIL' }]],
    asks: undefined,
  },
  'a transition that a sweep found, its event late': {
    steps: [pass, [60, { status: 'FAIL' }], [90, { status: 'FAIL', events: [event(59)] }]],
    asks: 'drift',
  },
  'a transition that a sweep found, and then somebody touches the resource': {
    steps: [pass, [60, { status: 'FAIL' }], [90, { status: 'FAIL', events: [event(89)] }]],
    asks: undefined,
  },
  'a sweep’s finding, an event from before the last PASS coming late': {
    steps: [
      [300, { status: 'PASS' }],
      [day, { status: 'FAIL' }],
      [day + 5, { status: 'FAIL', events: [event(9)] }],
    ],
    asks: undefined,
  },
  'what AWS Config alone tells of': {
    steps: [pass, [120, { status: 'FAIL', events: [nameless(60)] }]],
    asks: 'drift',
  },
  'first sight of an old resource': {
    steps: [[10, { status: 'FAIL', events: [event(9)] }]],
    asks: undefined,
  },
  'first sight, and then somebody touches it': {
    steps: [
      [0, { status: 'FAIL' }],
      [10, { status: 'FAIL', events: [event(9)] }],
    ],
    asks: undefined,
  },
  'first sight where the control says backlog: true': {
    steps: [[10, { status: 'FAIL' }]],
    settings: { backlog: true },
    asks: 'backlog',
  },
  'just created, before it has settled': {
    steps: [[10, { status: 'FAIL', events: [event(9)], isCreated: true, settle: 20 }]],
    asks: undefined,
  },
  'just created, once it has settled': {
    steps: [
      [10, { status: 'FAIL', events: [event(9)], isCreated: true, settle: 20 }],
      [30, { status: 'FAIL' }],
    ],
    asks: 'drift',
  },
  'just created, failing only between two steps of its creation': {
    steps: [
      [10, { status: 'PASS', events: [event(9)], isCreated: true, settle: 20 }],
      [12, { status: 'FAIL', events: [event(11)], settle: 20 }],
    ],
    asks: undefined,
  },
  'created in steps, failing still once that has settled': {
    steps: [
      [10, { status: 'PASS', events: [event(9)], isCreated: true, settle: 20 }],
      [12, { status: 'FAIL', events: [event(11)], settle: 20 }],
      [40, { status: 'FAIL' }],
    ],
    asks: 'drift',
  },
  'created a while ago, at once': {
    steps: [
      [10, { status: 'PASS', events: [event(9)], isCreated: true, settle: 20 }],
      [30, { status: 'PASS' }],
      [60, { status: 'FAIL', events: [event(59)], settle: 20 }],
    ],
    asks: 'drift',
  },
  'created, the event of the creation coming after that of a later step': {
    steps: [
      [10, { status: 'FAIL', events: [event(9)], settle: 20 }],
      [12, { status: 'FAIL', events: [event(5)], isCreated: true, settle: 20 }],
      [40, { status: 'FAIL' }],
    ],
    asks: 'drift',
  },
  'UNKNOWN between PASS and FAIL': {
    steps: [
      pass,
      [10, { status: 'UNKNOWN', events: [event(9)] }],
      [20, { status: 'FAIL', events: [event(19)] }],
    ],
    asks: 'drift',
  },
  'UNKNOWN for longer than a PASS proves anything': {
    steps: [
      pass,
      [4 * day, { status: 'UNKNOWN' }],
      [4 * day + 20, { status: 'FAIL', events: [event(4 * day + 19)] }],
    ],
    asks: undefined,
  },
  'UNKNOWN between two reads of one FAIL': {
    steps: [
      pass,
      [10, { status: 'FAIL', events: [event(9)] }],
      [20, { status: 'UNKNOWN' }],
      [30, { status: 'FAIL', events: [event(29)] }],
    ],
    asks: undefined,
  },
  'a PASS that is too old to prove anything': {
    steps: [pass, [4 * day, { status: 'FAIL', events: [event(4 * day - 1)] }]],
    asks: undefined,
  },
  'a changed parameter': {
    steps: [pass, [10, { status: 'FAIL', events: [event(9)], parameters: { maxAgeDays: 30 } }]],
    asks: undefined,
  },
  'a parameter that was changed while nothing could be read': {
    steps: [
      pass,
      [10, { status: 'UNKNOWN', parameters: { maxAgeDays: 30 } }],
      [20, { status: 'FAIL', events: [event(19)], parameters: { maxAgeDays: 30 } }],
    ],
    asks: undefined,
  },
  'a transition that the resource tells of by itself': {
    steps: [pass, [day, { status: 'FAIL' }]],
    settings: { selfReported: true },
    asks: 'drift',
  },
  'one that it tells of as seldom as once in seven days': {
    steps: [pass, [7 * day, { status: 'FAIL' }]],
    settings: { selfReported: true, everyHours: 168 },
    asks: 'drift',
  },
  'one that it should have told of long ago': {
    steps: [pass, [15 * day, { status: 'FAIL' }]],
    settings: { selfReported: true, everyHours: 168 },
    asks: undefined,
  },
  'one from NOT_APPLICABLE that it tells of': {
    steps: [
      [0, { status: 'NOT_APPLICABLE' }],
      [day, { status: 'FAIL' }],
    ],
    settings: { selfReported: true },
    asks: undefined,
  },
  'one that it tells of when it is asked in another way': {
    steps: [
      [0, { status: 'PASS', document: 'a' }],
      [day, { status: 'FAIL', document: 'b' }],
    ],
    settings: { selfReported: true },
    asks: undefined,
  },
  'one that it tells of when it is asked as before': {
    steps: [
      [0, { status: 'PASS', document: 'a' }],
      [day, { status: 'UNKNOWN', document: 'b' }],
      [2 * day, { status: 'FAIL', document: 'a' }],
    ],
    settings: { selfReported: true },
    asks: 'drift',
  },
  'what it tells of first': {
    steps: [[0, { status: 'FAIL' }]],
    settings: { selfReported: true },
    asks: undefined,
  },
  'what it tells of first, where the control says backlog: true': {
    steps: [[0, { status: 'FAIL' }]],
    settings: { selfReported: true, backlog: true },
    asks: 'backlog',
  },
  'our own undo': {
    steps: [pass, [10, { status: 'FAIL', events: [ours(9)] }]],
    asks: undefined,
  },
  'our own undo, and then somebody touches the resource': {
    steps: [
      pass,
      [10, { status: 'FAIL', events: [ours(9)] }],
      [60, { status: 'FAIL', events: [event(59)] }],
    ],
    asks: undefined,
  },
  'our own undo, so soon that the drift’s event is still a suspect': {
    steps: [
      pass,
      [10, { status: 'FAIL', events: [event(9)], settle: 20 }],
      [20, { status: 'PASS', events: [ours(19)], settle: 20 }],
      [25, { status: 'FAIL', events: [ours(24)], settle: 20 }],
    ],
    asks: undefined,
  },
  'somebody breaking it again as soon as it was put right': {
    steps: [
      pass,
      [10, { status: 'FAIL', events: [event(9)], settle: 20 }],
      [20, { status: 'PASS', events: [ours(19)], settle: 20 }],
      [25, { status: 'FAIL', events: [event(24)], settle: 20 }],
    ],
    asks: 'drift',
  },
  'our own call and somebody else’s together': {
    steps: [pass, [10, { status: 'FAIL', events: [ours(8), event(9)] }]],
    asks: 'drift',
  },
  'what somebody broke again while it was put right': {
    steps: [
      pass,
      [10, { status: 'FAIL', events: [event(9)] }],
      [20, { status: 'FAIL', events: [event(19)], renewedBy: action('pl-1', 9) }],
    ],
    asks: 'drift',
  },
  'the second FAIL of an episode': {
    steps: [
      pass,
      [10, { status: 'FAIL', events: [event(9)] }],
      [20, { status: 'FAIL', events: [event(19)] }],
    ],
    asks: undefined,
  },
  'an older read than the one that is kept': {
    steps: [
      pass,
      [20, { status: 'PASS' }],
      [10, { status: 'FAIL', events: [event(9)], settle: 20 }],
    ],
    asks: undefined,
  },
  'drift of a control in mode plan': {
    steps: [pass, [10, { status: 'FAIL', events: [event(9)] }]],
    settings: { mode: 'plan' },
    asks: undefined,
  },
};

describe('what may start a remediation', () => {
  it.each(Object.entries(stories))('%s', (_, { steps, settings, asks }) => {
    const resource = life(settings);
    const wanted = steps.map(([seconds, read]) => resource.read(seconds, read)).at(-1);
    expect(wanted?.map(({ askedBy }) => askedBy)).toEqual(asks === undefined ? [] : [asks]);
  });
});

describe('an episode', () => {
  it('is asked for once, and the next one is another action', () => {
    const resource = life();
    resource.read(0, { status: 'PASS' });
    resource.read(10, { status: 'FAIL', events: [event(9)], settle: 20 });
    resource.read(30, { status: 'FAIL' });
    resource.read(60, { status: 'PASS' });
    resource.read(70, { status: 'FAIL', events: [event(69)] });
    expect(resource.asked).toHaveLength(2);
    expect(new Set(resource.asked.map(({ action }) => action)).size).toBe(2);
    expect(resource.control()?.episodes).toBe(2);
  });

  it('is the same action whoever asks', () => {
    const [one, other] = [life(), life()];
    for (const resource of [one, other]) {
      resource.read(0, { status: 'PASS' });
    }
    one.read(10, { status: 'FAIL', events: [event(9)] });
    other.read(25, { status: 'FAIL', events: [event(9), event(24)] });
    expect(one.asked[0]?.action).toBe(other.asked[0]?.action);
  });

  it('that was renewed is counted once, however often its outcome is told', () => {
    const resource = life();
    const told: Read = {
      status: 'FAIL',
      events: [event(19)],
      renewedBy: action('pl-1', 9),
      concluded: [action('pl-1', 9)],
    };
    resource.read(0, { status: 'PASS' });
    resource.read(10, { status: 'FAIL', events: [event(9)] });
    resource.read(20, told);
    resource.read(21, told);
    expect(resource.control()).toMatchObject({ episodes: 2, lastAction: 'pl-1' });
    expect(resource.control()?.drifts).toHaveLength(2);
    expect(resource.asked).toHaveLength(2);
  });

  it('is not begun again by an outcome that is told after that of a later action', () => {
    const resource = life();
    const told = (one: ReturnType<typeof action>): Read => ({
      status: 'FAIL',
      events: [event(19)],
      renewedBy: one,
      concluded: [one],
    });
    resource.read(0, { status: 'PASS' });
    resource.read(10, { status: 'FAIL', events: [event(9)] });
    resource.read(20, told(action('pl-1', 11)));
    resource.read(30, told(action('pl-2', 21)));
    resource.read(40, told(action('pl-1', 11)));
    expect(resource.control()).toMatchObject({ episodes: 3, lastAction: 'pl-2' });
    expect(resource.asked).toHaveLength(3);
  });

  it('that an older read renews is another action too', () => {
    const resource = life();
    resource.read(0, { status: 'PASS' });
    resource.read(10, { status: 'FAIL', events: [event(9)] });
    resource.read(25, { status: 'FAIL' });
    resource.read(20, { status: 'FAIL', events: [event(19)], renewedBy: action('pl-1', 9) });
    expect(resource.control()?.episodes).toBe(2);
    expect(new Set(resource.asked.map(({ action }) => action)).size).toBe(2);
  });

  it('waits for its maintenance window, and is asked for when that opens', () => {
    const night = {
      days: ['mon'] as const,
      from: '22:00',
      to: '23:00',
      timeZone: 'UTC',
    };
    const resource = life({ windows: [night] });
    resource.read(0, { status: 'PASS' });
    expect(resource.read(10, { status: 'FAIL', events: [event(9)] })).toEqual([]);
    expect(resource.control()?.remediation).toMatchObject({
      state: 'waiting',
      notBefore: '2026-06-15T22:00:00.000Z',
    });
    expect(resource.read(9 * 3600, { status: 'FAIL' })).toEqual([]);
    expect(resource.read(10 * 3600 + 60, { status: 'FAIL' })).toHaveLength(1);
  });
});

describe('what tells its state by itself', () => {
  it('is asked for though no maintenance window is open: its ask waits, for no clock looks at its row', () => {
    const night = { days: ['mon'] as const, from: '22:00', to: '23:00', timeZone: 'UTC' };
    const resource = life({ windows: [night], selfReported: true });
    resource.read(0, { status: 'PASS' });
    expect(resource.read(10, { status: 'FAIL' })).toHaveLength(1);
  });

  it('drifts once an episode, as what is told of by events does', () => {
    const resource = life({ selfReported: true });
    for (const hour of [0, 1, 2]) {
      resource.read(hour * 3600, { status: 'PASS' });
      resource.read(hour * 3600 + 10, { status: 'FAIL' });
      resource.read(hour * 3600 + 20, { status: 'FAIL' });
    }
    expect(resource.control()?.drifts).toHaveLength(3);
    expect(resource.asked).toHaveLength(3);
  });
});

describe('drifts', () => {
  const drifting = (times: number) => {
    const resource = life();
    for (let index = 0; index < times; index += 1) {
      const from = index * 3600;
      resource.read(from, { status: 'PASS' });
      resource.read(from + 10, { status: 'FAIL', events: [event(from + 9)] });
      resource.read(from + 20, { status: 'FAIL', events: [event(from + 19)] });
    }
    const row = resource.control();
    if (!row) throw new Error('there is no row');
    return row;
  };

  it('are counted once an episode, within the hours that are asked for', () => {
    const row = drifting(4);
    expect(isDrift(row)).toBe(true);
    const now = new Date(start + 4 * 3_600_000);
    expect(driftsWithin(row, 24, now)).toBe(4);
    expect(driftsWithin(row, 2, now)).toBe(2);
  });

  it('keep the latest ten', () => {
    expect(drifting(14).drifts).toHaveLength(10);
    expect(drifting(14).drifts?.[0]).toBe(new Date(start + 4 * 3_600_000 + 10_000).toISOString());
  });

  it('are not those that we brought about', () => {
    const resource = life();
    resource.read(0, { status: 'PASS' });
    resource.read(10, { status: 'FAIL', events: [ours(9)] });
    expect(resource.control()?.drifts).toBeUndefined();
  });
});
