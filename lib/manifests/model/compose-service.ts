import type { Field } from './field.ts';

/** A port that is published on the host. */
export interface PublishedPort {
  /** Only programs of the host reach it. */
  readonly isLoopback: boolean;
  readonly said: Field;
}
/** A network that a service is in. */
export interface JoinedNetwork {
  readonly name: string;
  /** Nothing outside is reached from it. Throws Unresolved where another file decides. */
  readonly isInternal: boolean;
  readonly said: Field;
}
/** What is mounted into a service. */
export interface ComposeMount {
  readonly kind: 'named' | 'anonymous' | 'bind' | 'tmpfs' | 'other';
  /** Of the host, where it is one. */
  readonly source: string | undefined;
  readonly target: string;
  readonly isReadOnly: boolean;
  /** Mounts that one side makes show on the other. */
  readonly isShared: boolean;
  /** A tmpfs has a size. */
  readonly hasSize: boolean;
  readonly said: Field;
}
/** What programs a service is known to be. */
export interface Software {
  /** The last part of the name of its image: `postgres`; throws Unresolved where a variable decides. */
  readonly name: string | undefined;
  readonly repository: string | undefined;
  readonly tag: string | undefined;
}

/** A service of compose, with what it extends, defaults and includes. What a variable decides throws Unresolved when read. */
export interface ComposeService {
  readonly name: string;
  readonly field: Field;
  readonly software: Software;
  readonly ports: readonly PublishedPort[];
  /** None where it has the network of something else, or no network. */
  readonly networks: readonly JoinedNetwork[];
  /** Why one of its networks cannot be made internal in its file; `undefined` where it can. */
  whyOpen(network: string): string | undefined;
  /** `host`, `none`, `bridge`, `service:name`; absent where it has networks. */
  readonly networkMode: string | undefined;
  readonly mounts: readonly ComposeMount[];
  /** Its variables; `undefined` for one whose value comes from elsewhere. */
  readonly environment: ReadonlyMap<string, Field>;
  /** Values of variables come from files that are not read. */
  readonly hasEnvironmentFiles: boolean;
  /** What it runs, as one text; absent where the image decides. */
  readonly command: string | undefined;
  readonly isReadOnly: boolean;
  /** Other services that share one of its networks and publish ports beyond the host, the first of them. */
  readonly publishingNeighbours: readonly { readonly name: string; readonly network: string }[];
}
