import type { Constructs } from '../cdk-constructs.ts';
import type { FixedFile } from '../edit/fixed-file.ts';
import type { Problem, SourceFile } from '../files.ts';
import type { Template } from '../template.ts';
import type { Uneventful } from './check-template.ts';
import type { Located, LocatedPart } from './located.ts';

/** How many verdicts are no failure and not unknown. */
export type Counted = Readonly<Record<Uneventful, number>>;

/** What evaluated files come to. */
export interface FilesResult {
  readonly located: readonly Located[];
  /** By the ids of controls, how many verdicts were counted in the place of being located. */
  readonly counted?: ReadonlyMap<string, Counted>;
  /** What kept a file from being evaluated. */
  readonly problems: readonly Problem[];
  /** What is written and counts for nothing. */
  readonly warnings: readonly Problem[];
  readonly files: number;
  readonly resources: number;
  /** What is written, can decide, and is not evaluated here, such as a type that is evaluated in an account alone. */
  readonly unanswered: number;
  /** How many resources there are of types that nothing looks at. */
  readonly passedOver?: ReadonlyMap<string, number>;
}

/** How a template is evaluated. */
export interface AskedOfTemplate {
  readonly isExplicit: boolean;
  readonly constructs?: Constructs | undefined;
  /** Every control of the baseline is asked, whatever somebody asks for. @default false */
  readonly isWhole?: boolean;
}

/** What reads and evaluates files of other kinds than templates; all at once, since one can decide about another. */
export interface OtherFiles {
  isNamed(name: string): boolean;
  recognises(path: string, text: string): boolean;
  /** Whether a text is of such a kind although it has in it what templates have, as one that carries a template. */
  isNoTemplate(text: string): boolean;
  /** Reads a file. Throws a UserError where it cannot be read. */
  add(source: SourceFile): Promise<void>;
  /** Evaluates what was read. */
  evaluated(): Promise<FilesResult>;
  /** What a template declares that is no resource of the catalogue, such as containers. */
  inTemplate(template: Template, asked: AskedOfTemplate): Promise<readonly LocatedPart[]>;
  /** The files with these failures put right; nothing is written. */
  fixed(found: readonly Located[], isProposed: boolean): Promise<readonly FixedFile[]>;
}
