import type { Changes } from '../../templates/edit/edit-documents.ts';
import type { SourceFile } from '../../templates/files.ts';
import type { Subject } from '../model/subject.ts';

/** What is written and counts for nothing, or is not evaluated; the line is counted from 1. */
export interface Remark {
  readonly line: number;
  readonly why: string;
  /** Something that should be evaluated is not. */
  readonly isUnanswered?: true;
}
/** What a file declares. */
export interface Declared {
  readonly file: string;
  /** What is merged over it, where some of its subjects stand. */
  readonly over?: string | undefined;
  readonly subjects: readonly Subject[];
  readonly remarks: readonly Remark[];
  /** How many things it declares, as the summary counts them. */
  readonly resources: number;
  /** What kinds of these nothing looks at, each as often as it is declared. */
  readonly passedOver?: readonly string[];
}

/** How a kind of file is told from others, before anything that reads it is loaded. */
export interface Recognised {
  /** Whether a file of a folder is to be read for it, by its name; those of YAML and JSON are read anyway. */
  isNamed(name: string): boolean;
  /** Cheap: whether a text is of this kind. */
  recognises(path: string, text: string): boolean;
  /** Whether no template of AWS can be such a text. @default - one can */
  isNoTemplate?(text: string): boolean;
}
/** A kind of file that is read, all files of a run together: one can decide about another. */
export interface Format extends Recognised {
  begin(): Collection;
  /** A text with changes of its documents, every byte outside of them as it was. Throws a CannotEdit. */
  edited(text: string, changes: Changes): Promise<string>;
}
export interface Collection {
  /** Reads a file, also in the place of what it was before. Throws a UserError with file and line for what cannot be read. */
  add(source: SourceFile): Promise<void>;
  declared(): readonly Declared[];
}
