import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { scriptOf } from '../../../lib/hosts/compile.ts';
import { auditHost } from '../../../lib/hosts/documents/audit-host.ts';
import { hardenHosts } from '../../../lib/hosts/documents/harden-host.ts';
import { rollbackHost } from '../../../lib/hosts/documents/rollback-host.ts';
import { hostControls } from '../../../lib/hosts/index.ts';
import { debian12, ubuntu2404 } from '../../../lib/local/hosts/distributions.ts';
import { type OverlayRoot, overlayRoot } from '../../../lib/local/hosts/overlay-root.ts';
import { sampled } from '../../extent.ts';
import { put, run } from '../audited.ts';
import { describeOn } from '../harness.ts';
import { answerOf } from '../transaction/answer.ts';

/** The kernel has one set of rules, and gives it only to who is in its first process namespace: not to a booted host. */
const kernelRules = (root: string, ...args: readonly string[]) =>
  spawnSync('chroot', [root, 'auditctl', ...args], { encoding: 'utf8' });

const named = [2, 3, 4, 5, 6, 7, 8].map((number) => `PL.AUD.${number}`);
const ours = 'etc/audit/rules.d/plumbline.rules';

describeOn(sampled([debian12, ubuntu2404], { usual: 2 }), 'audit rules in the kernel', (base) => {
  let root: OverlayRoot;
  beforeAll(async () => {
    root = await overlayRoot(base());
    // Nobody of ours may be left without his rules.
    expect(kernelRules(root.path, '-l').stdout).toBe('No rules\n');
    // As a running auditd has it: rules of a kernel that records nothing are taken as none.
    kernelRules(root.path, '-e', '1');
    put(root.path, {
      'etc/passwd': readFileSync(join(root.path, 'etc/passwd'), 'utf8'),
      'usr/bin/dockerd': { text: '', mode: 0o755 },
      'etc/docker/daemon.json': '{}',
    });
  });
  afterAll(async () => {
    if (root) {
      kernelRules(root.path, '-D');
      kernelRules(root.path, '-e', '0');
    }
    await root?.dispose();
  });
  const document = (name: string, given: Readonly<Record<string, string>>, id = randomUUID()) => {
    const source = [...hardenHosts(hostControls), rollbackHost].find((each) =>
      each.name.endsWith(name),
    );
    if (!source) throw new Error(name);
    // In a folder nothing is reloaded: here the kernel is.
    const reload = [
      ...['', 'reload() {'],
      ...['[[ $1 == auditd ]] && chroot "$ROOT" augenrules --load >&2', '}'],
    ];
    const body = [...source.body.slice(0, -1), ...reload, ...source.body.slice(-1)];
    const environment = Object.fromEntries(
      Object.entries({ SSM_COMMAND_ID: id, ...given }).map(([key, value]) => [
        key.replace(/^(?!SSM)/, 'SSM_'),
        value,
      ]),
    );
    const script = scriptOf({ ...source, body }, 'test', [`ROOT=${root.path}`]);
    const { status, stdout, stderr } = run(script, { PATH: process.env['PATH'], ...environment });
    return { id, ...answerOf(status, stdout, stderr) };
  };
  const verdicts = () => {
    const source = auditHost(hostControls.filter(({ id }) => named.includes(id)));
    const environment = {
      PATH: process.env['PATH'],
      ...{ SSM_Areas: 'audit', SSM_Controls: named.join(','), SSM_Parameters: 'none' },
    };
    const { stdout } = run(scriptOf(source, 'test', [`ROOT=${root.path}`]), environment);
    return JSON.parse(stdout).results;
  };
  const harden = () =>
    document('-audit', {
      Controls: named.join(','),
      Parameters: 'none',
      DryRun: 'no',
      RollbackSeconds: '600',
      Install: 'no',
    });

  test('are written, loaded and proved, and go back with the kernel as it was', () => {
    const { id, outcome, results, text } = harden();
    expect([outcome, [...results.values()].map(({ o }) => o), text]).toEqual([
      'applied',
      named.map(() => 'changed'),
      expect.anything(),
    ]);
    for (const result of verdicts()) expect(result).toMatchObject({ s: 'PASS', p: true });
    const loaded = kernelRules(root.path, '-l').stdout;
    expect(loaded).toContain('-w /etc/passwd -p wa -k plumbline');
    expect(loaded).toContain('-C uid!=euid');
    expect(document('RollbackHost', { Id: id })).toMatchObject({ outcome: 'reverted', left: [] });
    expect(kernelRules(root.path, '-l').stdout).toBe('No rules\n');
    expect(existsSync(join(root.path, ours))).toBe(false);
  });

  test('change nothing the second time, and say where they are loaded but not written', () => {
    const { id } = harden();
    expect(document('RollbackHost', { Id: id }).outcome).toBe('reverted');
    execFileSync('chroot', [root.path, 'auditctl', '-w', '/etc/passwd', '-p', 'wa']);
    for (const result of verdicts()) expect(result).toMatchObject({ s: 'FAIL', p: false });
    kernelRules(root.path, '-D');
  });

  test('that were made immutable are left as they are, by name', () => {
    // To make them so for real would hold until this machine boots.
    const auditctl = join(root.path, 'usr/sbin/auditctl');
    const real = readFileSync(auditctl);
    writeFileSync(auditctl, '#!/bin/sh\necho enabled 2\n');
    const { outcome, results } = harden();
    writeFileSync(auditctl, real);
    expect([outcome, results.get('PL.AUD.2')]).toEqual([
      'unchanged',
      expect.objectContaining({ o: 'refused', why: 'rules_immutable' }),
    ]);
  });
});
