import { historyLine } from '../../../lib/engine/history/line.ts';
import { retaggedOf, statesOf } from '../../../lib/engine/history/lines-of.ts';
import type { ResourceRow } from '../../../lib/engine/posture/row.ts';

const at = (day: number) => `2026-11-${String(day).padStart(2, '0')}T03:00:00.000Z`;
const key = '123456789012#us-east-1#AWS::S3::Bucket#site';
const row = (reportTags?: ResourceRow['reportTags']): ResourceRow => ({
  type: 'AWS::S3::Bucket',
  ref: { account: '123456789012', region: 'us-east-1', id: 'site' },
  version: 1,
  readAt: at(20),
  stampedAt: at(20),
  tags: {},
  ...(reportTags ? { reportTags } : {}),
  controls: {
    'S3.8': {
      verdict: { status: 'PASS' },
      lastKnown: 'PASS',
      since: at(1),
      firstSeenAt: at(1),
      readAt: at(20),
      episodes: 0,
      causes: [],
    },
  },
});
const window = { from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' };

describe('the tags for reports of a line', () => {
  it('are those of its row, with their time, whatever they say', () => {
    const reportTags = { since: at(2), values: { team: '<script>\n{"kind":"day"}', env: null } };
    const [line] = statesOf(key, row(reportTags));
    expect(line?.reportTags).toEqual(reportTags);
    // One line stays one line, and is read as it was written.
    const text = JSON.stringify(line);
    expect(text.split('\n')).toHaveLength(1);
    expect(historyLine.parse(JSON.parse(text))).toEqual(line);
  });

  it('are not there where nobody has read them, or they are none', () => {
    expect(statesOf(key, row())[0]).not.toHaveProperty('reportTags');
    const odd = { since: 'soon', values: { team: 'web' } };
    expect(statesOf(key, row(odd))[0]).not.toHaveProperty('reportTags');
  });

  it.each([
    [20, 1],
    [19, 1],
    [18, 0],
    [21, 0],
  ])('have a line of their own on the day of their change: of day %d %d lines', (day, lines) => {
    const retagged = retaggedOf(key, row({ since: at(day), values: {} }), window);
    expect(retagged).toHaveLength(lines);
    expect(retaggedOf(key, row(), window)).toEqual([]);
  });
});
