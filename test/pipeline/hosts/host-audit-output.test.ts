import { auditIn } from '../../../lib/pipeline/hosts/results/audit-output.ts';

const hash = 'a'.repeat(64);
const expected = { hash, areas: ['ssh', 'kernel'], ids: new Set(['PL.SSH.1', 'PL.NET.1']) };
const passing = { id: 'PL.SSH.1', s: 'PASS', e: 'no', p: true };
const printed = (over: object = {}) =>
  `${JSON.stringify({
    v: 1,
    document: hash,
    host: { os: 'debian 12' },
    areas: ['ssh', 'kernel'],
    controls: 'all',
    results: [passing, { id: 'PL.NET.1', s: 'NA', why: 'only where nat is' }],
    ...over,
  })}\n`;
const results = (...all: object[]) => printed({ results: all });

describe('what a host prints', () => {
  it('is an audit where it is as the document prints it', () => {
    expect(auditIn(printed(), expected)).toEqual({
      results: new Map([
        ['PL.SSH.1', { s: 'PASS', e: 'no', p: true }],
        ['PL.NET.1', { s: 'NA', why: 'only where nat is' }],
      ]),
    });
  });

  it('keeps no brackets that mean something in a page', () => {
    const audit = auditIn(results({ ...passing, e: '<b>no</b>' }), expected);
    expect(audit).toEqual({
      results: new Map([['PL.SSH.1', { s: 'PASS', e: '?b?no?/b?', p: true }]]),
    });
  });

  it('says why it could not be audited', () => {
    const stopped = JSON.stringify({ v: 1, document: hash, error: 'SSM_Areas is not set' });
    expect(auditIn(stopped, expected)).toEqual({
      fault: 'the host could not be audited: SSM_Areas is not set',
    });
  });

  it.each([
    ['nothing', '', 'malformed'],
    ['a page', '<html></html>', 'malformed'],
    ['no object', '[1]', 'malformed'],
    ['more than one line', `${printed()}${printed()}`, 'malformed'],
    ['as much as SSM keeps', printed().padEnd(24_000, ' '), 'cut'],
    ['another version', printed({ v: 2 }), 'malformed'],
    ['another document', printed({ document: 'b'.repeat(64) }), 'another document'],
    ['a field that no document prints', printed({ instanceId: 'i-1' }), 'malformed'],
    ['an area that was not asked for', printed({ areas: ['ssh', 'docker'] }), 'other areas'],
    ['fewer areas', printed({ areas: ['ssh'] }), 'other areas'],
    ['an area twice', printed({ areas: ['ssh', 'ssh'] }), 'other areas'],
    ['a control that was not asked for', results({ ...passing, id: 'S3.8' }), 'not asked for'],
    ['a control twice', results(passing, passing), 'twice'],
    ['a verdict that there is not', results({ ...passing, s: 'OK' }), 'malformed'],
    ['a pass that does not last', results({ ...passing, p: false }), 'malformed'],
    ['a pass without a word on it', results({ id: 'PL.SSH.1', s: 'PASS' }), 'malformed'],
    ['a long text', results({ ...passing, e: 'x'.repeat(121) }), 'malformed'],
    ['a text with control characters', results({ ...passing, e: '\u001b[2J' }), 'malformed'],
    ['a prototype', printed().replace('"host":{', '"host":{"__proto__x!":"1",'), 'malformed'],
  ])('is none where it is %s', (_, text, why) => {
    const audit = auditIn(text, expected);
    expect('fault' in audit && audit.fault).toContain(why);
  });
});
