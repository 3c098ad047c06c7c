import type { Located } from '../../templates/check/located.ts';
import type { Changes } from '../../templates/edit/edit-documents.ts';
import type { Repair } from '../model/repair.ts';
import type { Subject } from '../model/subject.ts';

/** A verdict on what a manifest declares. */
export interface LocatedInManifest extends Located {
  readonly subject: Subject;
  /** The whole values of the evidence, in its order, for comparison alone: the evidence shortens them. */
  values?(): readonly unknown[];
  /** How a failure is put right; `undefined` where there is none. */
  repair(): Repair | undefined;
}
export const isInManifest = (one: Located): one is LocatedInManifest => 'subject' in one;

/** What a run has read, in which one file can become another text. */
export interface Run {
  /** Of every control, whatever was asked for; of one file or of all. */
  verdictsOn(file?: string): readonly LocatedInManifest[];
  /** Reads a file as this text. Throws a UserError where it cannot be read. */
  put(file: string, text: string): Promise<void>;
  /** `undefined` of a file that only another one names. */
  textOf(file: string): string | undefined;
  /** Its text with these changes. Throws a CannotEdit. */
  edited(file: string, changes: Changes): Promise<string>;
}
