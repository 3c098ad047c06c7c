import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { docker } from '../../lib/hosts/docker/index.ts';
import { quoted } from '../../lib/hosts/quote.ts';
import { put, type Result, withFolder } from './audited.ts';
import { fixed } from './fixed.ts';

interface Host {
  readonly daemon?: string;
  readonly flags?: string;
  readonly swarm?: string;
  readonly module?: boolean;
  /** What dockerd says of the file that it is shown. */
  readonly validates?: boolean;
}
const file = 'etc/docker/daemon.json';
const info = (live: boolean) =>
  `${live} [name=seccomp] {InsecureRegistryCIDRs:[::1/128,127.0.0.0/8],IndexConfigs:{}}`;

/** What becomes of a control and of daemon.json, with words of dockerd that a test has no dockerd for. */
const hardened = (
  id: string,
  { daemon, flags = '-H fd://', swarm = 'inactive', module = true, validates = true }: Host,
): { readonly result: Result; readonly text: string } =>
  withFolder((root) => {
    put(root, {
      'usr/bin/dockerd': '',
      'run/docker.pid': '1',
      ...(module && { 'proc/sys/net/bridge/bridge-nf-call-iptables': '1' }),
      [file]: daemon ?? '',
    });
    const [control] = docker.filter((each) => each.id === id);
    if (!control) throw new Error(id);
    const result = fixed(root, control, 'none', [
      'DRY=no ID=test',
      'journal() { :; }',
      `docker_flags() { REPLY=${quoted(` ${flags} `)}; }`,
      `docker_info() { if grep -q '"live-restore": true' "$ROOT/${file}"; then echo ${quoted(info(true))}; else echo ${quoted(info(false))}; fi; }`,
      'docker_networks() { :; }',
      'docker_containers() { :; }',
      `ask_docker() { echo ${swarm}; }`,
      'systemctl() { :; }',
      'in_root() { echo --validate; }',
      `docker_starts_with() { ${validates}; }`,
    ]);
    return { result, text: readFileSync(join(root, file), 'utf8') };
  });

const apart = { 'live-restore': true, icc: false, 'userland-proxy': false };
const logs = { 'log-opts': { 'max-size': '10m', 'max-file': '5' } };
type Edit = readonly [id: string, daemon: string, expected: object];
const edits: Readonly<Record<string, Edit>> = {
  'nothing at all': ['PL.DKR.3', '', apart],
  'an empty object': ['PL.DKR.3', '{}', apart],
  'an empty object over lines': ['PL.DKR.3', '{\n\n}\n', apart],
  'what is wrong': [
    'PL.DKR.3',
    '{"icc": true, "userland-proxy":true,"live-restore" :false}',
    apart,
  ],
  'the same word further in, and braces in words': [
    'PL.DKR.3',
    '{"labels": ["icc", "a=}", "\\"icc\\":true,"], "x": {"icc": true}}',
    { labels: ['icc', 'a=}', '"icc":true,'], x: { icc: true }, ...apart },
  ],
  'logs without a size': [
    'PL.DKR.1',
    '{"log-driver": "json-file"}',
    { 'log-driver': 'json-file', ...logs },
  ],
  'options of logs that are others': [
    'PL.DKR.1',
    '{"log-opts": {"labels": "a", "max-size": "-1"}}',
    { 'log-opts': { labels: 'a', 'max-size': '10m', 'max-file': '5' } },
  ],
  'a setting for new containers': [
    'PL.DKR.2',
    '{"debug": false}',
    { debug: false, 'no-new-privileges': true },
  ],
};

test.each(Object.entries(edits))(
  'daemon.json with %s gets what is missing',
  (_, [id, daemon, expected]) => {
    const { text } = hardened(id, { daemon });
    expect(JSON.parse(text)).toEqual(expected);
  },
);

describe('daemon.json stays as it is', () => {
  type Refusal = readonly [id: string, host: Host, why: string];
  const refusals: Readonly<Record<string, Refusal>> = {
    'where a flag says the same, with which dockerd would not start': [
      'PL.DKR.3',
      { flags: '--icc=true' },
      'set_by_flag:icc',
    ],
    'where a flag says how logs are kept': [
      'PL.DKR.1',
      { flags: '--log-opt max-file=3' },
      'set_by_flag:log-opt',
    ],
    'in a swarm, which takes no live-restore': ['PL.DKR.3', { swarm: 'active' }, 'swarm'],
    'where it may write no rules': [
      'PL.DKR.3',
      { daemon: '{"iptables": false}' },
      'needs_iptables',
    ],
    'where the kernel cannot filter on bridges': [
      'PL.DKR.3',
      { module: false },
      'needs_br_netfilter',
    ],
    'where dockerd would not start with it': ['PL.DKR.2', { validates: false }, 'docker_rejects'],
    'where it is no object': [
      'PL.DKR.2',
      { daemon: '[]' },
      'not_an_object:/etc/docker/daemon.json',
    ],
    'where dockerd reads another file': [
      'PL.DKR.2',
      { flags: '--config-file /srv/daemon.json' },
      'config_file:/srv/daemon.json',
    ],
  };
  test.each(Object.entries(refusals))('%s', (_, [id, host, why]) => {
    const { result, text } = hardened(id, host);
    expect(result).toMatchObject({ s: 'UNKNOWN', why: `refused: ${why}` });
    expect(text).toBe(host.daemon ?? '');
  });
});
