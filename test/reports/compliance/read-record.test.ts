import { readRecord } from '../../../lib/reports/compliance/read-record.ts';
import { exemption, result, scanOf } from './sample.ts';

const whole = scanOf([
  result(),
  result({ id: 'x', exemption }),
  result({ id: 'y', status: 'UNKNOWN' }),
]);
const read = (value: unknown) => () => readRecord(JSON.stringify(value), 'scan.json');

describe('a saved scan', () => {
  it('is read as it was saved', () => {
    expect(read(whole)()).toEqual(whole);
  });

  const wrong: Readonly<Record<string, readonly [() => unknown, string]>> = {
    'no JSON': [
      () => readRecord('<html>', 'scan.json'),
      'scan.json is no saved scan: it is no JSON; save one with npx --no-install plumbline scan --out scan.json',
    ],
    'a list': [
      read([]),
      'scan.json is no saved scan, or one of an earlier release; save one with npx --no-install plumbline scan --out scan.json',
    ],
    'of an earlier release': [
      read({ ...whole, schema: undefined }),
      'scan.json is no saved scan, or one of an earlier release; save one with npx --no-install plumbline scan --out scan.json',
    ],
    'of a later release': [
      read({ ...whole, schema: 'plumbline-scan/2' }),
      'scan.json has the schema plumbline-scan/2; this release reads plumbline-scan/1, plumbline-check/1: save it again with the release that reads it',
    ],
    'without an account': [
      read({ ...whole, account: undefined }),
      'scan.json is no whole scan: account is missing; allowed: a text',
    ],
    'with a count below nothing': [
      read({ ...whole, counts: { ...whole.counts, failed: -1 } }),
      'scan.json is no whole scan: counts.failed is -1; allowed: 0 or more',
    ],
    'that lists less than it counts': [
      read({ ...whole, results: whole.results.slice(1) }),
      'scan.json counts 2 failed and 1 unknown, and lists 1 and 1: save it without --known, and without a --status that leaves some out',
    ],
    'that lists another control than it counts': [
      read({ ...whole, results: whole.results.map((one) => ({ ...one, control: 'S3.5' })) }),
      'scan.json counts 2 failed and 1 unknown of S3.8, and lists 0 and 0: somebody has changed it; save it again',
    ],
    'that lists what it does not count': [
      read({ ...whole, controls: {} }),
      'scan.json counts 0 failed and 0 unknown of S3.8, and lists 2 and 1: somebody has changed it; save it again',
    ],
  };
  it.each(Object.entries(wrong))('%s is refused with one sentence', (_, [reading, sentence]) => {
    expect(reading).toThrow(sentence);
  });
});
