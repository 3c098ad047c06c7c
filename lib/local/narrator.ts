import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import type { Host } from './narrator-host.ts';
import type { Imported } from './security-hub-store.ts';
import type { Seen } from './tour.ts';
import type { Answer } from './tour-host-commands.ts';
import type { Tally } from './tour-host-findings.ts';
import type { Scene, Step } from './tour-scenes.ts';

/** Tells people, or programs, what the local AWS does. */
export interface Narrator {
  /** A step of the start is done. */
  step(sentence: string): void;
  trouble(sentence: string): void;
  log(functionName: string, line: string): void;
  scene(scene: Scene): void;
  call(step: Pick<Step, 'by' | 'call'>): void;
  seen(seen: Seen): void;
  missed(scene: Scene, step: Step, why: string): void;
  /** What was asked for and cannot be had here. */
  skipped(sentence: string): void;
  host(told: HostTold): void;
  ready(place: Ready): void;
  finding(change: Imported): void;
}
export interface Ready {
  readonly url: string;
  readonly account: string;
  readonly region: string;
  /** Where there is one. */
  readonly host?: Host;
}
/** What happened to a host. */
export type HostTold = { readonly milliseconds: number } & (
  | ({
      readonly what: 'audited';
      readonly host: string;
      readonly before?: Tally;
      readonly worst: readonly {
        readonly control: string;
        readonly severity: string;
        readonly title: string;
      }[];
    } & Tally)
  | { readonly what: 'login'; readonly user: string; readonly as: string }
  | ({ readonly what: 'command'; readonly document: string } & Answer)
);
export type Write = (line: string) => void;

/** A field that Plumbline adds to its findings. */
export const field = ({ ProductFields }: AwsSecurityFinding, name: string) =>
  ProductFields?.[`plumbline/${name}`];
/** The id in the catalogue, `S3.8`. */
export const controlOf = ({ Compliance }: AwsSecurityFinding) =>
  Compliance?.SecurityControlId?.replace('Plumbline.', '') ?? '';
/** Who may have done it. */
export const who = (finding: AwsSecurityFinding) =>
  field(finding, 'by') ?? (field(finding, 'among') && `one of ${field(finding, 'among')}`);
