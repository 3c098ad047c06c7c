import type { ControlId, Severity } from '../model/control.ts';
import type { HostParameters } from './parameters.ts';
import type { References } from './references.ts';

/** What is evaluated together; `deep` searches the whole disk and runs only when it is asked for by name. */
export const areas = [
  'ssh',
  'kernel',
  'firewall',
  'audit',
  'files',
  'accounts',
  'services',
  'docker',
  'postgres',
  'deep',
] as const;
export type Area = (typeof areas)[number];

/** What facts.sh finds on a host; `shell/facts.sh` says how each is found. */
export type Fact =
  | 'amazon'
  | 'auditd'
  | 'containers'
  | 'debian'
  | 'docker'
  | 'fail2ban'
  | 'fips'
  | 'interfaces'
  | 'ipv6'
  | 'kubernetes'
  | 'mfa'
  | 'nat'
  | 'postgres'
  | 'redhat'
  | 'router_advertisements'
  | 'snap'
  | 'sshd'
  | 'systemd'
  | 'tried'
  | 'ufw'
  | 'uefi'
  | 'vpn';
/** Facts that must hold, and, with `!`, must not. */
export type Condition = Fact | `!${Fact}`;

/** A value, or the parameter of the control that gives it. */
export type Value = string | number | { readonly parameter: string };
/** What a value must be. `scale` goes from the strictest to the weakest; `parts` compares what colons part. */
export type Expectation =
  | { readonly is: Value }
  | { readonly oneOf: readonly (string | number)[] }
  | { readonly from: Value; readonly to?: Value }
  | { readonly noneOf: readonly string[] }
  | { readonly upTo: Value; readonly scale: readonly string[] }
  | { readonly parts: readonly { readonly from: Value; readonly to?: Value }[] };
/** A named value: what it must be, and what the fix sets where it is not; without `set`, what the check itself says. */
export interface Setting {
  readonly name: string;
  readonly expect: Expectation;
  readonly set?: Value;
}

/** Paths may have `*`; a path that is not there passes. */
export interface FileMode {
  readonly path: string;
  /** Octal; no bit beside these may be set. */
  readonly mode: string;
  /** `user:group`; the first is what the fix sets. */
  readonly owners: readonly string[];
}

/** How a control is evaluated: one bash function a kind, `shell/kinds/<area>/<kind>.sh`. */
export type Check =
  | { readonly kind: 'sshd'; readonly settings: readonly Setting[] }
  | { readonly kind: 'sysctl'; readonly settings: readonly Setting[] }
  /** Kernel modules that must not be loadable. */
  | { readonly kind: 'module'; readonly modules: readonly string[] }
  | { readonly kind: 'file'; readonly files: readonly FileMode[] }
  /** Alternatives of one unit are parted by `|`. */
  | { readonly kind: 'unit'; readonly units: readonly string[]; readonly state: 'on' | 'off' }
  /** Paths are parted by blanks. Not applicable where none is a file system of its own, unless that is `wanted`. */
  | {
      readonly kind: 'mount';
      readonly path: string;
      readonly own?: 'wanted';
      readonly options: readonly Value[];
    }
  /** One of the packages is enough where they must be there. */
  | {
      readonly kind: 'package';
      readonly packages: readonly string[];
      readonly state: 'there' | 'absent';
    }
  /** `key value` or `key = value`, the last one wins; drop-ins beside the file count (`/etc/x.conf.d/*.conf`). */
  | { readonly kind: 'config'; readonly file: string; readonly settings: readonly Setting[] }
  /** Rules as auditctl writes them. */
  | { readonly kind: 'auditd'; readonly rules: readonly string[] }
  | { readonly kind: 'jail'; readonly jail: string; readonly settings: readonly Setting[] }
  /** A path into what `docker info` or `docker inspect` says; `container` must hold in each running container. */
  | {
      readonly kind: 'docker';
      readonly subject: 'daemon' | 'container';
      readonly settings: readonly Setting[];
    }
  | { readonly kind: 'postgres'; readonly settings: readonly Setting[] }
  /** A function of its own, `shell/kinds/<area>/<name>.sh`, where no kind fits. */
  | { readonly kind: 'own'; readonly name: string; readonly args?: readonly Value[] };

/** `safe`: no interruption; `disruptive`: something reloads, restarts or is felt; `breaking`: a workload may stop. */
export type Risk = 'safe' | 'disruptive' | 'breaking';

export type Remediation =
  | {
      readonly fix: 'automatic';
      readonly risk: Risk;
      /** Beside the conditions of the control: where these do not hold the fix is refused by name. */
      readonly where?: readonly Condition[];
      readonly advice: string;
    }
  /** Reported, never changed. */
  | { readonly fix: 'report'; readonly advice: string };

/** One thing that must hold on a host: a row of the catalogue. */
export interface HostControl {
  readonly id: ControlId;
  readonly area: Area;
  /** What must hold, in one sentence. */
  readonly title: string;
  readonly severity: Severity;
  /** Why it matters, in one sentence. */
  readonly rationale: string;
  readonly references: References;
  readonly parameters?: HostParameters;
  /** Not applicable where these do not hold. */
  readonly where?: readonly Condition[];
  readonly check: Check;
  readonly remediation: Remediation;
}

/** Checks at compile time that a row is a control; keeps what it is made of. */
export const defineHostControls = <const C extends readonly HostControl[]>(controls: C): C =>
  controls;
