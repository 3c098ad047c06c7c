import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { HostTold } from '../../../lib/local/tour/host-told.ts';
import type { Ready } from '../../../lib/local/tour/narrator.ts';
import { jsonNarrator } from '../../../lib/local/tour/narrator-json.ts';
import { terminalNarrator } from '../../../lib/local/tour/narrator-terminal.ts';

const written = (tell: (narrator: ReturnType<typeof terminalNarrator>) => void) => {
  const lines: string[] = [];
  const write = (line: string) => lines.push(stripVTControlCharacters(line).trimEnd());
  tell(terminalNarrator(write, write));
  return lines;
};
const told = (what: HostTold) => written((narrator) => narrator.host(what));

const worst = [
  { control: 'PL.SSH.2', severity: 'HIGH', title: 'No passwords' },
  { control: 'PL.SSH.6', severity: 'MEDIUM', title: 'Few tries' },
];
const audit: HostTold = {
  what: 'audited',
  host: 'i-1',
  passed: 40,
  failed: { HIGH: 1, MEDIUM: 2 },
  worst,
  milliseconds: 5230,
};

describe('a host on a terminal', () => {
  it('is counted by severity, with the most urgent by name', () => {
    expect(told(audit)).toEqual([
      '   AUDITED i-1: 3 failed (1 HIGH, 2 MEDIUM), 40 passed  5.2 s',
      '           worst     PL.SSH.2 HIGH: No passwords',
      '                     PL.SSH.6 MEDIUM: Few tries',
    ]);
  });

  it('is compared with what it was', () => {
    const before = { passed: 40, failed: { HIGH: 3 } };
    expect(told({ ...audit, failed: {}, passed: 43, worst: [], before })).toEqual([
      '   AUDITED i-1: none failed, 43 passed  5.2 s',
      '           before    3 failed (3 HIGH), 40 passed',
    ]);
  });

  it('says what a command changed and what it refused, by name', () => {
    const command: HostTold = {
      what: 'command',
      document: 'Plumbline-HardenHost-ssh',
      id: 'c-1',
      outcome: 'applied',
      reason: '',
      changed: ['PL.SSH.6', 'PL.SSH.7'],
      refused: [{ control: 'PL.SSH.2', why: 'locks_out:bob' }],
      milliseconds: 900,
    };
    expect(told(command)).toEqual([
      '   APPLIED  0.9 s',
      '           changed   PL.SSH.6 PL.SSH.7',
      '           refused   PL.SSH.2: locks_out:bob',
    ]);
    const refused = { ...command, outcome: 'refused', reason: 'run_in_progress', changed: [] };
    expect(told({ ...refused, refused: [] })).toEqual(['   REFUSED run_in_progress  0.9 s']);
  });

  it('says who logged in, and as whom', () => {
    expect(told({ what: 'login', user: 'alice', as: 'alice', milliseconds: 210 })).toEqual([
      '   alice logs in over SSH with a key, and is alice  0.2 s',
    ]);
  });

  it('that is missing is one line', () => {
    expect(written(({ skipped }) => skipped('--host: disposable hosts need root'))).toEqual([
      'Skipped --host: disposable hosts need root',
    ]);
  });

  it('is told how to harden by hand where there is one', () => {
    const place: Ready = { url: 'http://x', account: '1', region: 'us-east-1' };
    const host = { instanceId: 'i-1', audits: 'http://x/_local/audits' };
    const text = (ready: Ready) => written((narrator) => narrator.ready(ready)).join('\n');
    expect(text(place)).not.toContain('ssm');
    expect(text({ ...place, host })).toMatch(
      /send-command --instance-ids i-1 --document-name Plumbline-HardenHost-kernel[\s\S]*Plumbline-ConfirmHost[\s\S]*curl -X POST http:\/\/x\/_local\/audits/,
    );
  });
});

it('a host is an object a line for programs', () => {
  const lines: string[] = [];
  const narrator = jsonNarrator((line) => lines.push(line));
  narrator.host(audit);
  narrator.skipped('no root');
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { event: 'host', what: 'audited', host: 'i-1', failed: { HIGH: 1 }, passed: 40 },
    { event: 'skipped', sentence: 'no root' },
  ]);
});
