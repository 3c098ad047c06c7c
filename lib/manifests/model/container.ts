import type { Field } from './field.ts';

/** A path of the host that a container can see. */
export interface HostMount {
  readonly path: string;
  readonly isReadOnly: boolean;
  readonly said: Field;
}
/** A namespace of the host that a container is in. */
export interface HostNamespace {
  readonly name: 'network' | 'processes' | 'IPC' | 'UTS' | 'users' | 'cgroups';
  readonly said: Field;
}
export interface Variable {
  readonly name: string;
  /** As it is written; absent where it comes from elsewhere, such as a secret. */
  readonly value?: Field;
  readonly said: Field;
}

/**
 * A container as whatever declares it means it: defaults and what is inherited are in it already. Each field says where it
 * stands, or where it would.
 */
export interface Container {
  readonly platform: 'kubernetes' | 'compose' | 'ecs';
  readonly os: 'linux' | 'windows';
  /** It runs as long as the others, and not only before them or for somebody who looks for an error. */
  readonly isLasting: boolean;
  readonly place: Field;
  readonly image: Field;
  readonly privileged: { readonly is: boolean; readonly said: Field };
  /** Whether a program in it can get more rights than the one that starts it, as by setuid; absent where nobody can say it. */
  readonly mayGainPrivileges: { readonly is: boolean; readonly said: Field } | undefined;
  readonly capabilities: {
    readonly dropsAll: boolean;
    /** Without `CAP_`, in upper case. */
    readonly added: readonly { readonly name: string; readonly said: Field }[];
    readonly said: Field;
  };
  /** `image` where nothing is said: what the image was built with decides, which is root by default. */
  readonly user: { readonly is: 'root' | 'other' | 'image'; readonly said: Field };
  /** Those that it is in beside that of its user, by name or number. */
  readonly groups: readonly { readonly name: string; readonly said: Field }[];
  readonly readOnlyRoot: { readonly is: boolean; readonly said: Field };
  /** What of seccomp, AppArmor and SELinux is turned off. */
  readonly unconfined: readonly { readonly name: string; readonly said: Field }[];
  readonly limits: { readonly memory: Field; readonly cpu: Field; readonly processes?: Field };
  readonly environment: readonly Variable[];
  readonly healthCheck: { readonly is: boolean; readonly said: Field };
}

/** What containers have in common that are started together: a pod, a task of ECS or a service of compose; or a volume that they may have. */
export interface Workload {
  readonly os: Container['os'];
  /** Absent where nothing runs. */
  readonly hostNamespaces: readonly HostNamespace[] | undefined;
  readonly hostMounts: readonly HostMount[];
  /** Where a program in it is told to ask the runtime of the host, or one that anybody may ask. */
  readonly runtimes: readonly Field[];
}
