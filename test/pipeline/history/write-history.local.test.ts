import { gunzipSync, gzipSync } from 'node:zlib';
import { createHistory } from '../../../lib/aws/stores/history.ts';
import { createPosture } from '../../../lib/aws/stores/posture.ts';
import { itemOf, noteItemOf } from '../../../lib/aws/stores/row-items.ts';
import { type Baseline, parseBaseline } from '../../../lib/engine/baseline/baseline.ts';
import { type EventCause, keyOf } from '../../../lib/engine/changes/change.ts';
import type { HistoryLine } from '../../../lib/engine/history/line.ts';
import {
  linesKey,
  manifestKey,
  manifestText,
  sha256,
} from '../../../lib/engine/history/manifest.ts';
import type { ControlRow, ResourceRow, Transition } from '../../../lib/engine/posture/row.ts';
import type { RowForm } from '../../../lib/engine/posture/row-form.ts';
import { withTransitions } from '../../../lib/engine/posture/row-version.ts';
import { type Historian, writeHistory } from '../../../lib/pipeline/history/write-history.ts';
import { readHistory } from '../../../lib/reports/history/read-history.ts';
import { timelinesOf } from '../../../lib/reports/history/timeline.ts';
import { givenTables } from '../../fakes/fresh-table.ts';

const account = '123456789012';
const day = 86_400_000;
const mallory: EventCause = {
  kind: 'event',
  via: 'cloudtrail',
  id: 'e-1',
  time: '2026-11-29T10:00:00Z',
  call: 's3:DeletePublicAccessBlock',
  by: 'arn:aws:iam::123456789012:user/mallory',
};
const baseline: Baseline = {
  ...parseBaseline('{}', 'plumbline.yaml', []),
  controls: { 'S3.8': { mode: 'observe', backlog: false, risk: 'safe', parameters: {} } },
};
const control = (
  status: 'PASS' | 'FAIL',
  since: string,
  causes: readonly EventCause[] = [],
): ControlRow => ({
  verdict: { status },
  lastKnown: status,
  since,
  firstSeenAt: since,
  readAt: since,
  episodes: 0,
  causes,
});

describe.each(['json', 'deflated'] as const)('the history of rows as %s', (form: RowForm) => {
  const fresh = givenTables();
  const given = async () => {
    const { dynamoDb, table } = await fresh();
    let now = Date.parse('2026-11-29T12:00:00.000Z');
    const posture = createPosture(dynamoDb, table, form, () => new Date(now));
    const files = new Map<string, Uint8Array>();
    const rows = new Map<string, ResourceRow>();
    /** As evaluate keeps it: the row, then its transitions. */
    const turn = async (id: string, controls: ResourceRow['controls'], over: object = {}) => {
      const ref = { account, region: 'us-east-1', id };
      const key = keyOf({ type: 'AWS::S3::Bucket', ref });
      const [before] = (await posture.read([key])).values();
      const readAt = Object.values(controls)[0]?.readAt ?? '';
      const next: ResourceRow = {
        type: 'AWS::S3::Bucket',
        ref,
        version: (before?.version ?? 0) + 1,
        readAt,
        stampedAt: readAt,
        tags: {},
        controls,
        ...over,
      };
      const row = withTransitions(before, next);
      expect(await posture.write(key, before, row, readAt)).toBe(true);
      await posture.note(key, row, { published: {} });
      rows.set(id, row);
    };
    const historian = (over: Partial<Historian> = {}): Historian => ({
      store: createHistory(dynamoDb, table),
      account,
      baseline,
      baselineSum: 'b'.repeat(64),
      plumbline: '0.1.0',
      peopleDays: 90,
      clock: () => new Date(now),
      controlsOf: async (type) => (type === 'AWS::S3::Bucket' ? ['S3.8', 'S3.17'] : []),
      put: async (key, body) => {
        files.set(key, typeof body === 'string' ? Buffer.from(body) : body);
      },
      ...over,
    });
    const read = async (until = '9999-12-31T00:00:00.000Z') =>
      readHistory(
        {
          manifests: [...files]
            .filter(([key]) => key.startsWith('manifests/'))
            .map(([key, bytes]) => ({ key, text: Buffer.from(bytes).toString('utf8') })),
          file: async (key) => files.get(key),
          latest: (await createHistory(dynamoDb, table).written())?.manifests ?? {},
        },
        until,
      );
    return {
      turn,
      historian,
      files,
      read,
      dynamoDb,
      table,
      later: (days: number) => {
        now += days * day;
      },
    };
  };
  const of = <K extends HistoryLine['kind']>(lines: readonly HistoryLine[], kind: K) =>
    lines.filter((line): line is Extract<HistoryLine, { kind: K }> => line.kind === kind);

  it('has what turned, by whom under another name, and how everything stands', async () => {
    const world = await given();
    await world.turn('a', { 'S3.8': control('PASS', '2026-11-28T10:00:00.000Z') });
    await world.turn('a', { 'S3.8': control('FAIL', '2026-11-29T10:00:05.000Z', [mallory]) });
    world.later(1.2);
    expect(await writeHistory(world.historian())).toBe(1);
    const { lines, faults } = await world.read();
    expect(faults).toEqual([]);
    const turns = of(lines, 'turn');
    expect(turns).toMatchObject([
      { to: 'PASS', cause: 'first' },
      {
        from: 'PASS',
        fromSince: '2026-11-28T10:00:00.000Z',
        to: 'FAIL',
        cause: 'event',
        calls: ['s3:DeletePublicAccessBlock'],
        calledAt: '2026-11-29T10:00:00.000Z',
      },
    ]);
    expect(of(lines, 'state')).toMatchObject([{ status: 'FAIL' }]);
    const [name = ''] = turns[1]?.by ?? [];
    const verdicts = [...world.files].filter(([key]) => !key.startsWith('people/'));
    for (const [, bytes] of verdicts)
      expect(Buffer.from(bytes).toString('utf8')).not.toContain('mallory');
    const people = [...world.files].filter(([key]) => key.startsWith('people/'));
    expect(people.map(([key]) => key)).toEqual([expect.stringContaining(`/${name}.json`)]);
    expect(Buffer.from(people[0]?.[1] ?? []).toString('utf8')).toContain('user/mallory');
    // Once a person is erased nobody knows who it was, and every sum is right.
    world.files.delete(people[0]?.[0] ?? '');
    const erased = await world.read();
    expect([erased.faults, erased.lines]).toEqual([[], lines]);
  });

  it('says of what is no row that nobody knows, and writes of all others', async () => {
    const world = await given();
    await world.turn('a', { 'S3.8': control('PASS', '2026-11-28T10:00:00.000Z') });
    await world.turn('b', { 'S3.8': control('PASS', '2026-11-28T10:00:00.000Z') });
    const put = (pk: string, sk: string, over: object) =>
      world.dynamoDb.put({ TableName: world.table, Item: { pk, sk, version: 1, ...over } });
    const key = `${account}#us-east-1#AWS::S3::Bucket#a`;
    await put(key, 'resource', { row: '{"controls":null}' });
    await put(key, 'transition#2026-11-29T11:00:00.000Z#9', {
      recordedAt: '2026-11-29T11:00:00.000Z',
      transition: { controlId: 'S3.8', to: 'PASS', at: '2026-11-29T11:00:00.000Z', causes: null },
    });
    await put('../../people#x#y#z', 'resource', { row: '{}' });
    await put('toString', 'resource', { row: '{}' });
    world.later(1.2);
    expect(await writeHistory(world.historian())).toBe(1);
    expect([...world.files.keys()].filter((each) => !each.includes(account))).toEqual([]);
    const { lines, faults } = await world.read();
    expect(faults).toEqual([]);
    expect(of(lines, 'state').map(({ id, status, since }) => [id, status, since])).toEqual([
      ['a', 'UNKNOWN', '2026-11-29T00:00:00.000Z'],
      ['b', 'PASS', '2026-11-28T10:00:00.000Z'],
    ]);
    const stands = timelinesOf(lines, Date.parse('2026-12-01')).find(
      ({ subject }) => subject.id === 'a',
    );
    expect(stands?.spans.at(-1)).toMatchObject({ status: 'UNKNOWN' });
  });

  it('goes on where it ended, has each turn once, and chains its manifests', async () => {
    const world = await given();
    await world.turn('a', { 'S3.8': control('PASS', '2026-11-28T10:00:00.000Z') });
    world.later(1.2);
    await writeHistory(world.historian());
    expect(await writeHistory(world.historian())).toBe(0);
    await world.turn('a', { 'S3.8': control('FAIL', '2026-11-29T10:00:00.000Z') });
    world.later(3);
    await writeHistory(world.historian());
    const { lines, faults } = await world.read();
    expect(faults).toEqual([]);
    const days = of(lines, 'day');
    expect(days[1]?.from).toBe(days[0]?.to);
    expect(of(lines, 'turn').map(({ to }) => to)).toEqual(['PASS', 'FAIL']);
  });

  it('written again after a crash loses nothing', async () => {
    const world = await given();
    await world.turn('a', { 'S3.8': control('FAIL', '2026-11-29T10:00:00.000Z') });
    world.later(1.2);
    let left = 2;
    const crashing = world.historian({
      put: async (key, body) => {
        left -= 1;
        if (left < 0) throw new Error('the process ended');
        world.files.set(key, typeof body === 'string' ? Buffer.from(body) : body);
      },
      store: {
        ...createHistory(world.dynamoDb, world.table),
        noteWritten: async () => {
          throw new Error('the process ended');
        },
      },
    });
    await expect(writeHistory(crashing)).rejects.toThrow('the process ended');
    await writeHistory(world.historian());
    const { lines, faults } = await world.read();
    expect(faults).toEqual([]);
    expect(of(lines, 'turn')).toHaveLength(1);
  });

  it('tells of what is gone, and of what came back', async () => {
    const world = await given();
    const failed = { 'S3.8': control('FAIL', '2026-11-27T10:00:00.000Z') };
    await world.turn('a', failed);
    await world.turn('b', failed);
    const goneAt = '2026-11-29T11:00:00.000Z';
    await world.turn('a', failed, { goneAt });
    await world.turn('b', failed, { goneAt: '2026-11-28T10:00:00.000Z' });
    await world.turn('b', { 'S3.8': control('FAIL', '2026-11-29T10:00:00.000Z') });
    world.later(1.2);
    await writeHistory(world.historian());
    const turns = of((await world.read()).lines, 'turn');
    expect(turns.filter(({ id }) => id === 'a')).toContainEqual(
      expect.objectContaining({ from: 'FAIL', to: 'GONE', at: goneAt, cause: 'gone' }),
    );
    expect(turns.filter(({ id }) => id === 'b')).toContainEqual(
      expect.objectContaining({
        from: 'GONE',
        fromSince: '2026-11-28T10:00:00.000Z',
        to: 'FAIL',
        cause: 'first',
      }),
    );
  });

  it('tells of a row of a type that became several by the types of today', async () => {
    const world = await given();
    const ref = { account, region: 'us-east-1', id: account };
    const at = '2026-11-29T10:00:00.000Z';
    const row: ResourceRow = {
      type: 'AWS::::Account',
      ref,
      arn: `arn:aws:iam::${account}:root`,
      version: 1,
      readAt: at,
      stampedAt: at,
      tags: {},
      controls: { 'IAM.4': control('FAIL', at), 'S3.1': control('FAIL', at) },
    };
    const key = keyOf(row);
    const turned = (controlId: string): Transition => ({
      controlId,
      to: 'FAIL',
      at,
      causes: [],
    });
    const transitions = [turned('IAM.4'), turned('S3.1')];
    const put = (Item: Record<string, unknown>) =>
      world.dynamoDb.put({ TableName: world.table, Item });
    await put(itemOf(key, row, at, form));
    await put(noteItemOf(key, row, { transitions, noted: { published: {} } }, at));
    world.later(1.2);
    await writeHistory(world.historian());
    const { lines } = await world.read();
    const types = (kind: 'turn' | 'state') =>
      of(lines, kind).map(({ control, type, arn }) => [control, type, arn]);
    const expected = [
      ['IAM.4', 'Plumbline::IAM::Account', row.arn],
      ['S3.1', 'Plumbline::S3::Account', row.arn],
    ];
    expect(types('turn')).toEqual(expected);
    expect(types('state')).toEqual(expected);
  });

  it('is not believed where a file was changed, exchanged or left out', async () => {
    const world = await given();
    for (let index = 0; index < 3; index += 1) {
      await world.turn(`bucket-${index}`, {
        'S3.8': control('FAIL', '2026-11-29T10:00:00.000Z'),
      });
      world.later(index === 0 ? 1.2 : 1);
      await writeHistory(world.historian());
    }
    const whole = new Map(world.files);
    const restore = () => {
      world.files.clear();
      for (const [key, bytes] of whole) world.files.set(key, bytes);
    };
    const keys = (prefix: string) => [...whole.keys()].filter((key) => key.startsWith(prefix));
    expect((await world.read()).faults).toEqual([]);
    const [first = '', second = ''] = keys('verdicts/');
    world.files.set(second, whole.get(first) ?? new Uint8Array());
    expect((await world.read()).faults).toEqual([expect.stringContaining('is not what')]);
    restore();
    world.files.delete(keys('manifests/')[1] ?? '');
    const broken = await world.read();
    expect(broken.faults).toEqual([expect.stringContaining('does not follow')]);
    expect(of(broken.lines, 'day')).toHaveLength(1);
    restore();
    world.files.delete(keys('manifests/')[2] ?? '');
    const ended = await world.read();
    expect(ended.faults).toEqual([expect.stringContaining('knows another latest manifest')]);
    expect(ended.lines).toEqual([]);
    restore();
    world.files.delete(second);
    const { faults, lines } = await world.read();
    expect(faults).toEqual([expect.stringContaining('is not there')]);
    expect(of(lines, 'day')).toHaveLength(2);
  });

  it('of a time long past is not believed where somebody wrote it again, with the day after it', async () => {
    const world = await given();
    for (let index = 0; index < 4; index += 1) {
      await world.turn(`bucket-${index}`, {
        'S3.8': control('FAIL', '2026-11-29T10:00:00.000Z'),
      });
      world.later(index === 0 ? 1.2 : 1);
      await writeHistory(world.historian());
    }
    const text = (key: string) => Buffer.from(world.files.get(key) ?? '').toString('utf8');
    const keys = (prefix: string) =>
      [...world.files.keys()].filter((key) => key.startsWith(prefix));
    const [first = '', second = ''] = keys('manifests/');
    const [lines = '', other = ''] = keys('verdicts/');
    const { file, ...manifest } = JSON.parse(text(first));
    const until: string = JSON.parse(text(second)).to;
    expect((await world.read(until)).lines).not.toEqual([]);
    // The forged days prove each other, and the days after them stay as they were.
    const forged = gzipSync(
      `${
        gunzipSync(world.files.get(lines) ?? '')
          .toString()
          .split('\n')[0]
      }\n`,
    );
    world.files.set(lines, forged);
    const sums = { ...file, sha256: sha256(forged), lines: 1 };
    const before = manifestText({ ...manifest, file: sums });
    world.files.set(first, Buffer.from(before));
    const after = { ...JSON.parse(text(second)), previous: sha256(before) };
    world.files.set(second, Buffer.from(manifestText(after)));
    const read = await world.read(until);
    expect(read.lines).toEqual([]);
    expect(read.faults).toEqual([
      `${first} to ${second} are not proven: ${keys('manifests/')[2]} does not follow: a manifest was left out or exchanged.`,
    ]);
    expect(world.files.get(other)).toBeDefined();
  });

  it('is not believed where a manifest comes after the one that the table knows, or stands between two', async () => {
    const world = await given();
    await world.turn('a', { 'S3.8': control('FAIL', '2026-11-29T10:00:00.000Z') });
    world.later(1.2);
    await writeHistory(world.historian());
    const [key = ''] = [...world.files.keys()].filter((one) => one.startsWith('manifests/'));
    const manifest = JSON.parse(Buffer.from(world.files.get(key) ?? '').toString('utf8'));
    const whole = await world.read();
    const put = (from: string, to: string, previous?: string) => {
      const linesAt = linesKey(account, to);
      const over = { from, to, file: { ...manifest.file, key: linesAt }, previous };
      const made = manifestText({ ...manifest, ...over });
      world.files.set(manifestKey(account, to), Buffer.from(made));
      world.files.set(linesAt, world.files.get(manifest.file.key) ?? new Uint8Array());
    };
    put(manifest.to, '2026-12-09T00:00:00.000Z', sha256(manifestText(manifest)));
    put('2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z');
    const read = await world.read();
    expect(read.lines).toEqual(whole.lines);
    expect(read.faults).toHaveLength(2);
  });
});
