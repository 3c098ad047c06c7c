import { docker } from '../../lib/hosts/docker/index.ts';
import { auditHost } from '../../lib/hosts/documents/audit-host.ts';
import { quoted } from '../../lib/hosts/quote.ts';
import { type Files, put, type Report, type Result, runDocument, withFolder } from './audited.ts';
import { type Inspected, lineOf } from './docker-inspect.ts';

/** What Docker, and the host that it runs on, say when they are asked. */
export interface Said {
  readonly containers?: readonly Inspected[];
  readonly flags?: string;
  readonly info?: string;
  readonly networks?: string;
  readonly volumes?: string;
  readonly files?: Files;
  /** Further stand-ins. */
  readonly more?: readonly string[];
}
const registries = (insecure = '') =>
  `{InsecureRegistryCIDRs:[::1/128,127.0.0.0/8],IndexConfigs:{docker.io:{Name:docker.io,Mirrors:[],Secure:true,Official:true}${insecure}}}`;
export const info = (live = 'true', options = '[name=seccomp,profile=builtin]', insecure = '') =>
  `${live} ${options} ${registries(insecure)}`;
const started: Files = { 'usr/bin/dockerd': '', 'run/docker.pid': '1' };
const says = (name: string, text: string) =>
  `${name}() { ${text === '' ? ':' : `printf '%s\\n' ${quoted(text)}`}; }`;

/** The verdicts of controls on Docker, by control. */
export const evaluatedBy = (
  ids: readonly string[],
  {
    containers = [],
    flags = '-H fd://',
    info: said = info(),
    networks = '',
    volumes = '',
    files = {},
    more = [],
  }: Said,
): ReadonlyMap<string, Result> =>
  withFolder((root) => {
    put(root, { ...files, ...started });
    const source = auditHost(docker.filter(({ id }) => ids.includes(id)));
    const body = [
      `docker_flags() { REPLY=${quoted(` ${flags} `)}; }`,
      says('docker_info', said),
      says('docker_networks', networks),
      says('docker_volumes', volumes),
      'systemctl() { :; }',
      `docker_containers() { ${containers.map((each) => `printf '%s\\n' ${quoted(lineOf(each))}`).join('; ') || ':'}; }`,
      ...more,
      ...source.body,
    ];
    const { stdout, stderr } = runDocument({ ...source, body }, [`ROOT=${root}`]);
    if (stderr !== '') throw new Error(stdout + stderr);
    const report: Report = JSON.parse(stdout);
    return new Map(report.results.map((result) => [result.id, result]));
  });
