import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import type { Imported } from '../security-hub/security-hub-store.ts';
import type { HostTold } from './host-told.ts';
import type { Host } from './narrator-host.ts';
import type { Seen } from './tour.ts';
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

export type Write = (line: string) => void;

/** A field that Plumbline adds to its findings. */
export const field = ({ ProductFields }: AwsSecurityFinding, name: string) =>
  ProductFields?.[`plumbline/${name}`];
/** The id in the catalogue, `S3.8`. */
export const controlOf = ({ Compliance }: Pick<AwsSecurityFinding, 'Compliance'>) =>
  Compliance?.SecurityControlId?.replace('Plumbline.', '') ?? '';
/** Who may have done it. */
export const who = (finding: AwsSecurityFinding) =>
  field(finding, 'by') ?? (field(finding, 'among') && `one of ${field(finding, 'among')}`);
